//! Who is offered on the start-up screen of a Mac whose disk FileVault encrypts.

use crate::observation::{Account, Observation};

/// The accounts that the start-up screen offers once its copy is fresh; `None` when the Mac did not tell enough.
///
/// Every account with a key to the disk is offered, hidden ones and those without a shell too: hiding is the login
/// window's business. Without FileVault there is no such screen, and the list is empty.
pub fn predicted_list(observation: &Observation) -> Option<Vec<&Account>> {
    if !observation.filevault.value()?.locks_the_disk() {
        return Some(Vec::new());
    }
    let accounts = observation.accounts.value()?;
    let has_key = |account: &Account| -> Option<bool> {
        match observation.crypto_users.value() {
            Some(users) if !users.is_empty() => Some(
                users
                    .iter()
                    .any(|user| user.uuid.eq_ignore_ascii_case(&account.guid)),
            ),
            // CoreStorage has no crypto users; FileVault's own list tells.
            _ => observation
                .filevault_users
                .value()
                .map(|users| users.contains(&account.guid)),
        }
    };
    let mut offered = Vec::new();
    for account in accounts {
        if has_key(account)? {
            offered.push(account);
        }
    }
    Some(offered)
}
