//! `bestow bulk-grant`

use trust::action::{ActionTemplate, GrantTemplate};
use trust::name::AccountName;
use trust::wildcard::Templated;

use super::order::{OrderArgs, order};
use crate::cli::Session;
use crate::commands::passwords_from::PasswordsFrom;
use crate::commands::target::TargetArgs;
use crate::exit::{Exit, Failure};

/// Hand Secure Tokens on, on many Macs: shows the plan, asks, and watches. Names may hold wildcards, such as %username%
#[derive(Debug, clap::Args)]
pub struct Args {
    /// The account that hands its token on: an administrator who holds one
    #[arg(long, value_name = "ACCOUNT")]
    administrator: Templated<AccountName>,
    #[command(flatten)]
    target: TargetArgs,
    #[command(flatten)]
    passwords_from: PasswordsFrom,
    /// Let a granter that is a standard account be an administrator for the moment of the grant
    #[arg(long)]
    promote_administrator: bool,
    #[command(flatten)]
    order: OrderArgs,
}

/// Runs the command.
pub async fn run(args: Args, session: &Session) -> Result<Exit, Failure> {
    let action = ActionTemplate::GrantSecureToken(GrantTemplate {
        administrator: args.administrator,
        target: args.target.choice()?,
        promote_administrator: args.promote_administrator,
    });
    order(&action, &args.passwords_from, args.order, session).await
}
