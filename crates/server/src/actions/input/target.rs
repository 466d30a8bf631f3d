//! The account of an action that exists: which one is meant, and its secret.

use trust::account_choice::AccountChoice;
use trust::action::SecretRole;

use super::Secrets;
use crate::input::{ACCOUNT_NAME, Fields, ROLE, UID};
use crate::problem::Problem;

/// Reads which account that exists is meant.
pub(super) fn read_choice(target: &mut Fields<'_>) -> Result<AccountChoice, Problem> {
    let named = target.optional("username", &ACCOUNT_NAME)?;
    let alias = target.optional("alias", &ACCOUNT_NAME)?;
    let uid = target.optional("uid", &UID)?;
    let role = target.optional("with_role", &ROLE)?;
    let choices = [
        named.map(AccountChoice::Named),
        alias.map(|alias| AccountChoice::Alias { alias }),
        uid.map(|uid| AccountChoice::Uid { uid }),
        role.map(|role| AccountChoice::Role { role }),
    ];
    let mut choices = choices.into_iter().flatten();
    match (choices.next(), choices.next()) {
        (Some(choice), None) => Ok(choice),
        (None, _) => Err(Problem::invalid(target.path_of("username"), "is there")),
        (Some(_), Some(_)) => {
            let rule = "holds one of `username`, `alias`, `uid` and `with_role`";
            Err(Problem::invalid(target.path(), rule))
        }
    }
}

/// Reads an account that exists, with its secret.
pub(super) fn read_target(
    mut target: Fields<'_>,
    secrets: &mut Secrets<'_>,
) -> Result<AccountChoice, Problem> {
    let choice = read_choice(&mut target)?;
    secrets.take(SecretRole::Target, &mut target)?;
    target.end()?;
    Ok(choice)
}
