//! How an account that exists is named on the command line.

use trust::account_choice::AccountChoice;
use trust::name::AccountName;
use trust::wildcard::Templated;

use super::role::Role;
use crate::exit::Failure;

/// The account: one of these.
#[derive(Debug, Clone, clap::Args)]
#[group(required = true, multiple = false)]
pub struct TargetArgs {
    /// The account, by its record name ("short name"); may hold wildcards, such as %username%
    #[arg(long, value_name = "ACCOUNT")]
    target: Option<Templated<AccountName>>,
    /// In its place any of the account's names; may hold wildcards
    #[arg(long, value_name = "NAME")]
    target_alias: Option<Templated<AccountName>>,
    /// In its place the account's user id, such as 502
    #[arg(long, value_name = "UID")]
    target_uid: Option<i64>,
    /// In its place the role of an account that is the only one of it on the Mac; it never means the one who hands on or helps, nor
    /// the service account
    #[arg(long, value_name = "ROLE", value_enum)]
    target_role: Option<Role>,
}

impl TargetArgs {
    /// The account that is meant.
    pub fn choice(self) -> Result<AccountChoice, Failure> {
        let choices = [
            self.target.map(AccountChoice::Named),
            self.target_alias.map(|alias| AccountChoice::Alias { alias }),
            self.target_uid.map(|uid| AccountChoice::Uid { uid }),
            self.target_role
                .map(|role| AccountChoice::Role { role: role.into() }),
        ];
        let named = choices.into_iter().flatten().next();
        named.ok_or_else(|| Failure::usage("Name the account by --target."))
    }
}
