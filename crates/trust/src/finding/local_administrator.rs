//! How the local administrator gets a token: nobody but the agent and the vault has its password.

use super::{Remedy, RemedyKind};
use crate::chain::Member;
use crate::observation::{LocalAdministratorAccount, Observation};
use crate::service_account::{Status, condition, is_other};

/// What the agent told of the account, when it is the one that the agent made.
pub(super) fn ours<'o>(
    observation: &'o Observation,
    member: &Member<'_>,
) -> Option<&'o LocalAdministratorAccount> {
    let ours = observation.local_administrator.as_ref()?;
    ours.guid
        .eq_ignore_ascii_case(&member.account.guid)
        .then_some(ours)
}

/// The ways to a token for the local administrator, the cheapest first; `None` for every other account.
pub(super) fn token_for(
    observation: &Observation,
    member: &Member<'_>,
    members: &[Member<'_>],
) -> Option<Vec<Remedy>> {
    let ours = ours(observation, member)?;
    let name = &member.account.record_name;
    if !ours.has_password {
        let then = match ours.is_wanted {
            true => " The agent makes it anew, and the service account hands it a Secure Token.",
            false => "",
        };
        return Some(vec![Remedy::person(
            RemedyKind::Console,
            format!(
                "Delete {name}: somebody has changed its password, and the vault does not know it.{then}"
            ),
        )]);
    }
    let by_holder = holder(members).and_then(|holder| by_vault(holder, name));
    let agent = |kind, step: String| ours.is_wanted.then(|| Remedy::person(kind, step));
    let ways = match condition(observation) {
        Status::Valid { .. } => [
            agent(
                RemedyKind::Agent,
                format!(
                    "The agent knows the password of {name}, and has the service account hand it a Secure Token by itself, within a day."
                ),
            ),
            by_holder,
        ],
        // Whoever makes the service account whole holds a token, too.
        _ if by_holder.is_none() => [None, None],
        _ => [
            by_holder,
            agent(
                RemedyKind::Console,
                format!(
                    "Bring the service account into order: the agent knows the password of {name}, and has it hand a Secure Token on \
                     then."
                ),
            ),
        ],
    };
    let ways: Vec<Remedy> = ways.into_iter().flatten().collect();
    Some(match ways.is_empty() {
        true => vec![Remedy::mend_the_chain_first()],
        false => ways,
    })
}

/// Who grants most simply: an administrator who holds a token, or else a standard holder, who becomes one for the moment.
fn holder<'m, 'a>(members: &'m [Member<'a>]) -> Option<&'m Member<'a>> {
    let others = || members.iter().filter(|member| is_other(member));
    let standard = || others().find(|member| member.token.holds() && !member.account.disabled);
    others().find(|member| member.can_grant()).or_else(standard)
}

/// A grant with the account's password as the vault shows it.
fn by_vault(holder: &Member<'_>, name: &str) -> Option<Remedy> {
    Remedy::grant_by(holder, name).map(|remedy| match remedy {
        Remedy::Action { label, action } => Remedy::Action {
            label: format!("{label}, and the password of {name} that the vault shows"),
            action,
        },
        other => other,
    })
}
