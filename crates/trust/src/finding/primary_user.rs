//! The policy "token for primary users": whoever uses a Mac holds a Secure Token on it.

use super::{Finding, Remedy, RemedyKind};
use crate::action::{AccountRole, Action, CreateAccount};
use crate::chain::{self, Health, Member};
use crate::code::Code;
use crate::name::{AccountName, FullName};
use crate::observation::Observation;
use crate::service_account::is_other;
use crate::token::TokenState;

/// Who uses a Mac.
#[derive(Debug, Clone, Copy)]
pub struct PrimaryUser<'a> {
    /// The record name of the person's local account.
    pub account: &'a AccountName,
    /// The person's name.
    pub full_name: Option<&'a FullName>,
}

/// The finding that the primary user holds no token; `None` where one is held, where the Mac knows no tokens, and where it
/// did not tell.
pub fn primary_user_without_token(observation: &Observation, user: PrimaryUser<'_>) -> Option<Finding> {
    observation.accounts.value()?;
    if chain::health(observation) == Health::NoTokens {
        return None;
    }
    let members = chain::members(observation);
    let name = user.account.as_str();
    let member = members.iter().find(|member| member.account.record_name == name);
    let finding = |evidence, remedies: Vec<Remedy>| {
        let consequence = format!("{name} cannot unlock FileVault, approve updates or hand a token on.");
        Finding::new(Code::PrimaryUserWithoutToken, evidence, consequence)
            .of_account(name)
            .with_remedies(remedies)
    };
    match member.map(|member| member.token) {
        Some(TokenState::Usable { .. } | TokenState::Unverified | TokenState::Unknown) => None,
        Some(TokenState::Absent) => Some(finding(
            format!("The Mac’s primary user has the account {name}, which holds no Secure Token."),
            vec![
                Remedy::grant_to(name, &members, observation.login_plugin.value())
                    .unwrap_or_else(Remedy::mend_the_chain_first),
            ],
        )),
        Some(TokenState::Unusable { .. }) => Some(finding(
            format!("The Mac’s primary user has the account {name}, whose Secure Token does not work."),
            vec![Remedy::person(
                RemedyKind::AtTheMac,
                "Mend the account’s token: see the finding on it.",
            )],
        )),
        None => Some(finding(
            format!(
                "The Mac’s primary user would have the account {name}, which does not exist on this Mac."
            ),
            without_account(user, &members),
        )),
    }
}

fn without_account(user: PrimaryUser<'_>, members: &[Member<'_>]) -> Vec<Remedy> {
    let create = user.full_name.and_then(|full_name| {
        let granter = members
            .iter()
            .find(|member| is_other(member) && member.can_grant())?;
        let granter = granter.account.record_name.parse::<AccountName>().ok()?;
        let label = format!(
            "Create {} and grant it a Secure Token with the credentials of {granter}",
            user.account
        );
        Some(Remedy::Action {
            label,
            action: Action::CreateAccount(CreateAccount {
                target: user.account.clone(),
                full_name: full_name.clone(),
                role: AccountRole::Standard,
                hidden: false,
                administrator: Some(granter),
                promote_administrator: false,
            }),
        })
    });
    let bind = Remedy::person(
        RemedyKind::Console,
        "If the person has another account on this Mac, name that one in the Mac’s enrolment data.",
    );
    create.into_iter().chain([bind]).collect()
}
