//! Problems of single accounts.

use super::{Finding, Remedy, RemedyKind, local_administrator};
use crate::chain::Member;
use crate::code::Code;
use crate::lock_out::Unlock;
use crate::observation::Observation;
use crate::provenance::first_holder;
use crate::service_account::is_other;
use crate::token::TokenState;

pub(super) fn findings(observation: &Observation, members: &[Member<'_>]) -> Vec<Finding> {
    let of_tokens = members
        .iter()
        .filter_map(|member| finding(observation, member, members));
    let mut found: Vec<Finding> = of_tokens.chain(members.iter().filter_map(locked_out)).collect();
    // Where several accounts are told of together, the first speaks for all: what comes by itself must not stand for what does not.
    found.sort_by_key(|finding| finding.remedies.first().map(Remedy::kind) == Some(RemedyKind::Agent));
    found
}

fn locked_out(member: &Member<'_>) -> Option<Finding> {
    let lock_out = member.account.lock_out?;
    let name = &member.account.record_name;
    let until = lock_out.until();
    let opens = match lock_out.unlock {
        Unlock::At { .. } => Remedy::person(
            RemedyKind::AtTheMac,
            format!("Wait {until}, and use the right password then."),
        ),
        Unlock::ByPerson | Unlock::CannotTell => Remedy::person(
            RemedyKind::Management,
            format!("Let the MDM open {name} with its command UnlockUserAccount."),
        ),
    };
    Some(
        Finding::new(
            Code::AccountLockedOut,
            format!(
                "macOS has counted {} wrong passwords of {name} in a row.",
                lock_out.failures
            ),
            format!(
                "{name} is locked {until}; the right password is refused as well, and Bestow tries none."
            ),
        )
        .of_account(name)
        .with_remedies([opens]),
    )
}

fn finding(observation: &Observation, member: &Member<'_>, members: &[Member<'_>]) -> Option<Finding> {
    match member.token {
        TokenState::Unusable { .. } => Some(unusable(member, members)),
        TokenState::Absent if local_administrator::ours(observation, member).is_some() => {
            missing_from_start_up_screen(observation, member, members)
        }
        TokenState::Absent => automated_admin(observation, member, members)
            .or_else(|| missing_from_start_up_screen(observation, member, members)),
        TokenState::Usable { .. } | TokenState::Unverified | TokenState::Unknown => None,
    }
}

fn unusable(member: &Member<'_>, members: &[Member<'_>]) -> Finding {
    let name = &member.account.record_name;
    let healthy = members.iter().any(Member::can_grant);
    let by_holder = healthy.then(|| {
        Remedy::person(
            RemedyKind::AtTheMac,
            "Let another holder take the token off and grant it again, with the account's current password.",
        )
    });
    Finding::new(
        Code::TokenUnusable,
        format!("macOS says ENABLED for {name}, but the disk refuses its password or does not list it."),
        format!("{name} can log in, but cannot unlock FileVault or hand a token on."),
    )
    .of_account(name)
    .with_remedies(
        [Remedy::person(
            RemedyKind::AtTheMac,
            "Change the account's password once more, with the password it had before.",
        )]
        .into_iter()
        .chain(by_holder),
    )
}

/// The administrator of Automated Device Enrolment, when somebody else was the first to log in.
fn automated_admin(
    observation: &Observation,
    member: &Member<'_>,
    members: &[Member<'_>],
) -> Option<Finding> {
    let automated = observation.mdm.value().is_some_and(|mdm| mdm.automated);
    if !automated || !member.account.administrator {
        return None;
    }
    let first = first_holder(members)?;
    let (name, holder) = (&member.account.record_name, &first.account.record_name);
    let grant = match is_other(first) {
        true => Remedy::grant_by(first, name),
        false => Remedy::grant_to(name, members, observation.login_plugin.value()),
    };
    let standing = if first.account.administrator {
        "an administrator"
    } else {
        "a standard account"
    };
    Some(
        Finding::new(
            Code::AutomatedAdminWithoutToken,
            format!(
                "{name} is an administrator without a token; the first to get one was {holder}, {standing}."
            ),
            format!("{name} can neither unlock FileVault nor hand a token on."),
        )
        .of_account(name)
        .with_remedies(grant),
    )
}

fn missing_from_start_up_screen(
    observation: &Observation,
    member: &Member<'_>,
    members: &[Member<'_>],
) -> Option<Finding> {
    let locked = observation.filevault.value()?.locks_the_disk();
    let account = member.account;
    if !locked || account.hidden || account.disabled {
        return None;
    }
    let name = &account.record_name;
    let remedies = local_administrator::token_for(observation, member, members).unwrap_or_else(|| {
        let grant = Remedy::grant_to(name, members, observation.login_plugin.value());
        vec![grant.unwrap_or_else(Remedy::mend_the_chain_first)]
    });
    Some(
        Finding::new(
            Code::MissingFromStartUpScreen,
            format!("FileVault is on, and {name} has no Secure Token."),
            format!("{name} is not offered on the start-up screen and cannot unlock the disk."),
        )
        .of_account(name)
        .with_remedies(remedies),
    )
}
