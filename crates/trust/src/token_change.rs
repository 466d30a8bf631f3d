//! How the tokens of a Mac differ between two looks at it, whoever changed them.

use crate::observation::Observation;
use crate::token::{TokenState, token_state};

/// A token that is not worth what it was.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TokenChange {
    /// Record name of the account.
    pub account: String,
    /// What it was worth.
    pub before: TokenState,
    /// What it is worth now.
    pub after: TokenState,
}

/// What changed from `before` to `after`, by account. An account that is not there has no token. Where one of the looks
/// could not tell, nothing is said.
pub fn token_changes(before: &Observation, after: &Observation) -> Vec<TokenChange> {
    let (Some(accounts_before), Some(accounts_after)) = (before.accounts.value(), after.accounts.value())
    else {
        return Vec::new();
    };
    let state = |guid: &str, observation: &Observation| {
        let accounts = observation.accounts.value()?;
        let account = accounts.iter().find(|account| account.guid == guid)?;
        Some(token_state(account, observation))
    };
    let is_gone = |guid: &str| !accounts_after.iter().any(|account| account.guid == guid);
    let gone = accounts_before.iter().filter(|account| is_gone(&account.guid));
    accounts_after
        .iter()
        .chain(gone)
        .map(|account| TokenChange {
            account: account.record_name.clone(),
            before: state(&account.guid, before).unwrap_or(TokenState::Absent),
            after: state(&account.guid, after).unwrap_or(TokenState::Absent),
        })
        .filter(|change| {
            let words = [change.before.word(), change.after.word()];
            words[0] != words[1] && !words.contains(&TokenState::Unknown.word())
        })
        .collect()
}
