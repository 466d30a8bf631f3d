//! The plan of making the service account, or making it whole, while the agent is installed again over the top.
//!
//! The person is at the Mac and can do what the plan asks for, so it is stricter than that of an order: nothing is tried while one
//! more wrong password would lock the account, and the account has to own the volume.

use super::super::{Check, Conclusion, Knowledge, Plan, Row, Situation, preconditions};
use super::{ON_THE_WAY, hand_over, helper, not_observed, password_policy};
use crate::chain::{self, Member};
use crate::code::Code;
use crate::name::AccountName;
use crate::observation::{Chip, Observation};
use crate::service_account::{RECORD_NAME, fault};

pub(in crate::plan) fn plan(
    administrator: &AccountName,
    promote_administrator: bool,
    situation: &Situation<'_>,
) -> Plan {
    let Some(observation) = situation.observation else {
        return not_observed();
    };
    let members = chain::members(observation);
    let mut rows = preconditions::device(observation);
    rows.push(Row::met(Check::ServiceAccountFault, fault(observation)));
    rows.push(password_policy(situation.knowledge, observation));
    if rows.iter().all(|row| row.failure().is_none())
        && let Some(grant) = hand_over(administrator, promote_administrator)
    {
        rows.extend(helper(&grant, situation, observation, &members));
        let member = preconditions::find(&members, administrator.as_str());
        rows.extend(member.and_then(|member| owns_volume(member, observation)));
        rows.extend(tries_left(situation.knowledge));
    }
    let (success, failure) = match observation.account(RECORD_NAME) {
        None => (Code::ServiceAccountCreated, Code::ServiceAccountNotCreated),
        Some(_) => (Code::ServiceAccountRepaired, Code::ServiceAccountNotRepaired),
    };
    Plan::conclude(
        rows,
        &members,
        Conclusion {
            success,
            mishaps: ON_THE_WAY.into_iter().chain([failure]).collect(),
            local_password_tries: 1,
            disk_password_tries: 1,
            shows_after_restart: false,
        },
    )
}

/// Intel knows no volume owners. Who holds no token owns nothing, which another row says better.
fn owns_volume(member: &Member<'_>, observation: &Observation) -> Option<Row> {
    let check = Check::AdministratorOwnsVolume;
    let chip = observation.hardware.value().map(|hardware| hardware.chip);
    if chip != Some(Chip::AppleSilicon) || !member.token.holds() {
        return None;
    }
    let code = Code::AdministratorNotVolumeOwner;
    Some(match observation.owns_volume(member.account) {
        Some(true) => Row::met(check, "the disk lists it as a volume owner"),
        Some(false) => Row::failed(check, code, "the disk lists it, and not as a volume owner"),
        None => Row::warning(check, "the disk did not tell who owns the volume"),
    })
}

fn tries_left(knowledge: Knowledge) -> Option<Row> {
    let saw = "so many wrong passwords are on record already that the next one would count for too much";
    knowledge
        .administrator_tries_spent
        .then(|| Row::failed(Check::AdministratorTriesLeft, Code::AttemptBudgetSpent, saw))
}
