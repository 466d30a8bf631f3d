//! `bestow bulk-create-user`

use super::order::{OrderArgs, order};
use crate::cli::Session;
use crate::commands::create_user::NewAccount;
use crate::commands::passwords_from::PasswordsFrom;
use crate::exit::{Exit, Failure};

/// Make a local account on many Macs: shows the plan, asks, and watches. Names may hold wildcards, such as %username%
#[derive(Debug, clap::Args)]
pub struct Args {
    #[command(flatten)]
    account: NewAccount,
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
    let action = args.account.order(args.promote_administrator);
    order(&action, &args.passwords_from, args.order, session).await
}
