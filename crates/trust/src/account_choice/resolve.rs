//! Which account a choice comes down to on one Mac.

use crate::account_choice::AccountChoice;
use crate::action::AccountRole;
use crate::name::AccountName;
use crate::observation::Account;
use crate::wildcard::{Field, Unresolved, Values};

/// Why an action cannot be told for a Mac.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Unresolvable {
    /// A wildcard has no meaning.
    Wildcard(Unresolved),
    /// Not exactly one account is meant.
    Account(NotOne),
}

/// A choice that does not come down to one account.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NotOne {
    /// The field in which it was made.
    pub field: Field,
    /// The choice in words that begin a sentence.
    pub choice: String,
    /// What is wrong with it.
    pub why: WhyNotOne,
}

/// What is wrong with a choice.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum WhyNotOne {
    /// The Mac has not told its accounts.
    NotObserved,
    /// No account fits.
    Nobody,
    /// These accounts fit, by record name.
    Several(Vec<String>),
}

impl NotOne {
    /// The trouble in a sentence without its full stop.
    pub fn in_words(&self) -> String {
        let choice = &self.choice;
        match &self.why {
            WhyNotOne::NotObserved => {
                format!("{choice} cannot be told: the Mac has not told its accounts yet")
            }
            WhyNotOne::Nobody => format!("{choice} fits no account"),
            WhyNotOne::Several(names) => format!("{choice} fits several accounts: {}", names.join(", ")),
        }
    }
}

impl From<Unresolved> for Unresolvable {
    fn from(unresolved: Unresolved) -> Self {
        Self::Wildcard(unresolved)
    }
}

impl AccountChoice {
    /// The record name of the account that is meant on the Mac of `values`. `administrator` is the account that hands on or
    /// helps, if there is one: no role means it.
    ///
    /// # Errors
    /// When a wildcard has no meaning there, or when not exactly one account fits.
    pub fn resolve(
        &self,
        values: &Values<'_>,
        administrator: Option<&AccountName>,
    ) -> Result<AccountName, Unresolvable> {
        match self {
            Self::Named(name) => Ok(name.resolve(values, Field::TargetUsername)?),
            Self::Alias { alias } => {
                let alias = alias.resolve(values, Field::TargetAlias)?;
                let is_called = |account: &Account| is_called(account, alias.as_str());
                only(
                    values,
                    Field::TargetAlias,
                    format!("The alias {alias}"),
                    is_called,
                )
            }
            Self::Uid { uid } => {
                let has_it = |account: &Account| account.uid == *uid;
                only(values, Field::TargetUid, format!("The user id {uid}"), has_it)
            }
            Self::Role { role } => {
                let plays_it = |account: &Account| plays(account, *role, administrator);
                let besides = match administrator {
                    Some(administrator) => format!(" besides {administrator}"),
                    None => String::new(),
                };
                let choice = format!("The role {}{besides}", role.word());
                only(values, Field::TargetRole, choice, plays_it)
            }
        }
    }
}

/// Whether this is one of the account's names. macOS finds a record by each of them.
fn is_called(account: &Account, name: &str) -> bool {
    account.record_name == name || account.aliases.iter().any(|alias| alias == name)
}

fn plays(account: &Account, role: AccountRole, administrator: Option<&AccountName>) -> bool {
    let own = match account.administrator {
        true => AccountRole::Administrator,
        false => AccountRole::Standard,
    };
    // Whoever hands on may be named by any of its names.
    let hands_on = administrator.is_some_and(|name| is_called(account, name.as_str()));
    own == role && account.uid != 0 && !AccountChoice::spares(&account.record_name) && !hands_on
}

/// The only account that fits.
fn only(
    values: &Values<'_>,
    field: Field,
    choice: String,
    fits: impl Fn(&Account) -> bool,
) -> Result<AccountName, Unresolvable> {
    let not_one = |why| Unresolvable::Account(NotOne { field, choice, why });
    let Some(accounts) = values.accounts else {
        return Err(not_one(WhyNotOne::NotObserved));
    };
    let fitting: Vec<&Account> = accounts.iter().filter(|account| fits(account)).collect();
    match fitting.as_slice() {
        // A record name that Apple's tools cannot take is no account for us.
        [account] => account
            .record_name
            .parse()
            .map_err(|_| not_one(WhyNotOne::Nobody)),
        [] => Err(not_one(WhyNotOne::Nobody)),
        several => {
            let names = several.iter().map(|account| account.record_name.clone());
            Err(not_one(WhyNotOne::Several(names.collect())))
        }
    }
}
