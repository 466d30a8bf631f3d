//! `bestow bulk-create-user`

use trust::action::{ActionTemplate, CreateAccountTemplate};
use trust::name::{AccountName, FullName};
use trust::wildcard::Templated;

use super::order::{OrderArgs, order};
use crate::cli::Session;
use crate::commands::create_user::Role;
use crate::commands::passwords_from::PasswordsFrom;
use crate::exit::{Exit, Failure};

/// Make a local account on many Macs: shows the plan, asks, and watches. Names may hold wildcards, such as %username%
#[derive(Debug, clap::Args)]
pub struct Args {
    /// The new account's record name ("short name")
    #[arg(long, value_name = "ACCOUNT")]
    username: Templated<AccountName>,
    /// The name that people see
    #[arg(long, value_name = "NAME")]
    full_name: Templated<FullName>,
    /// What the account may do
    #[arg(long, value_enum, default_value_t)]
    role: Role,
    /// Leave the account out of the login window; the start-up screen of FileVault shows it all the same
    #[arg(long)]
    hidden: bool,
    /// The account that hands its token on to the new one: an administrator who holds one
    #[arg(long, value_name = "ACCOUNT")]
    administrator: Option<Templated<AccountName>>,
    #[command(flatten)]
    passwords_from: PasswordsFrom,
    /// Let a granter that is a standard account be an administrator for the moment of the grant
    #[arg(long, requires = "administrator")]
    promote_administrator: bool,
    #[command(flatten)]
    order: OrderArgs,
}

/// Runs the command.
pub async fn run(args: Args, session: &Session) -> Result<Exit, Failure> {
    let action = ActionTemplate::CreateAccount(CreateAccountTemplate {
        target: args.username,
        full_name: args.full_name,
        role: args.role.into(),
        hidden: args.hidden,
        administrator: args.administrator,
        promote_administrator: args.promote_administrator,
    });
    order(&action, &args.passwords_from, args.order, session).await
}
