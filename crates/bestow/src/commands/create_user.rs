//! `bestow create-user`

use trust::action::{ActionTemplate, CreateAccountTemplate};
use trust::name::{AccountName, FullName};
use trust::wildcard::Templated;

use super::role::Role;
use super::send::{SendArgs, send};
use crate::cli::Session;
use crate::client::Reference;
use crate::exit::{Exit, Failure};

/// Make a local account, with a Secure Token when an administrator is named
#[derive(Debug, clap::Args)]
pub struct Args {
    /// Id, name or serial number
    device: Reference,
    #[command(flatten)]
    account: NewAccount,
    /// Let the granter, if it is a standard account, be an administrator for the moment of the grant
    #[arg(long, requires = "administrator")]
    promote_administrator: bool,
    #[command(flatten)]
    send: SendArgs,
}

/// The account that is made, and who hands it a token.
#[derive(Debug, clap::Args)]
pub struct NewAccount {
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
}

impl NewAccount {
    /// The order to make it.
    pub fn order(self, promote_administrator: bool) -> ActionTemplate {
        ActionTemplate::CreateAccount(CreateAccountTemplate {
            target: self.username,
            full_name: self.full_name,
            role: self.role.into(),
            hidden: self.hidden,
            administrator: self.administrator,
            promote_administrator,
        })
    }
}

/// Runs the command.
pub async fn run(args: Args, session: &Session) -> Result<Exit, Failure> {
    let template = args.account.order(args.promote_administrator);
    send(&args.device, template, args.send, session).await
}
