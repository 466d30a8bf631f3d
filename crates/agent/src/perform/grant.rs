//! Grant Secure Token: plan again, try the passwords once, hand the token on, and read the Mac back.

use std::io;

use mac::AccountName;
use secrecy::SecretString;
use trust::action::{Action, GrantSecureToken};
use trust::code::Code;
use trust::observation::Observation;
use trust::outcome::Outcome;
use trust::plan::{Knowledge, Plan, Situation};

use super::diary::Diary;
use super::hand_on::{HandOver, HandedOver, Party};
use super::{Tools, passwords};
use crate::observe::Freshness;

/// One grant with its opened secrets.
pub(super) struct Request<'a> {
    pub(super) grant: &'a GrantSecureToken,
    pub(super) administrator: SecretString,
    pub(super) target: SecretString,
    /// An earlier run may have changed the Mac already.
    pub(super) resumed: bool,
}

pub(super) fn grant(
    tools: Tools<'_>,
    request: &Request<'_>,
    diary: &mut Diary<'_>,
    before_touching: &mut dyn FnMut() -> io::Result<()>,
) -> io::Result<Outcome> {
    let observation = tools.look(Freshness::Now);
    let (Ok(administrator), Ok(target)) = (
        AccountName::new(request.grant.administrator.as_str()),
        AccountName::new(request.grant.target.as_str()),
    ) else {
        diary.saw("plan", "Apple's tools cannot take one of the account names");
        return Ok(diary.outcome(Code::ToolFailed, request.resumed));
    };
    let hand_over = hand_over(request, &administrator, &target, &observation);
    if let (true, Some(hand_over)) = (request.resumed, hand_over) {
        diary.saw(
            "journal",
            "an earlier run was cut off; the Mac tells how far it came",
        );
        if let Some(done) = hand_over.found_done(tools, diary) {
            return Ok(outcome(done, diary));
        }
    }
    let plan = plan(request.grant, &observation, Knowledge::NONE);
    let (Some(hand_over), None) = (hand_over, plan.refusal().or(plan.only_outcome())) else {
        let code = plan
            .refusal()
            .or(plan.only_outcome())
            .unwrap_or(Code::StateUnreadable);
        return Ok(diary.outcome(code, request.resumed));
    };
    let mut known = Knowledge::NONE;
    let Party {
        name,
        account,
        password,
    } = hand_over.administrator;
    if passwords::try_administrator(tools, name, account, password, &mut known, diary) {
        let Party { account, .. } = hand_over.target;
        passwords::try_target(tools, &target, account, &request.target, &mut known, diary);
    }
    if let Some(code) = self::plan(request.grant, &observation, known).refusal() {
        return Ok(diary.outcome(code, request.resumed));
    }
    before_touching()?;
    Ok(outcome(hand_over.take_place(tools, diary)?, diary))
}

fn plan(grant: &GrantSecureToken, observation: &Observation, knowledge: Knowledge) -> Plan {
    let situation = Situation {
        observation: Some(observation),
        online: true,
        knowledge,
    };
    Plan::for_action(&Action::GrantSecureToken(grant.clone()), &situation)
}

fn outcome(done: HandedOver, diary: &mut Diary<'_>) -> Outcome {
    let code = if done.left_promoted {
        Code::DemotionUnproved
    } else {
        done.code
    };
    Outcome {
        edge: done.edge,
        ..diary.outcome(code, true)
    }
}

/// The hand-over, when both accounts were seen.
fn hand_over<'a>(
    request: &'a Request<'_>,
    administrator: &'a AccountName,
    target: &'a AccountName,
    observation: &'a Observation,
) -> Option<HandOver<'a>> {
    let party = |name: &'a AccountName, password| {
        Some(Party {
            name,
            account: observation.account(name.as_str())?,
            password,
        })
    };
    Some(HandOver::new(
        party(administrator, &request.administrator)?,
        party(target, &request.target)?,
        request.grant.promote_administrator,
        observation,
    ))
}
