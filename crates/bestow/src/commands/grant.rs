//! `bestow grant`

use trust::action::ActionTemplate;

use super::plan::Accounts;
use super::send::{SendArgs, send};
use crate::cli::Session;
use crate::client::Reference;
use crate::exit::{Exit, Failure};

/// Hand a Secure Token on from an administrator to another account
#[derive(Debug, clap::Args)]
pub struct Args {
    /// Id, name or serial number
    device: Reference,
    #[command(flatten)]
    accounts: Accounts,
    #[command(flatten)]
    send: SendArgs,
}

/// Runs the command.
pub async fn run(args: Args, session: &Session) -> Result<Exit, Failure> {
    let template = ActionTemplate::GrantSecureToken(args.accounts.grant()?);
    send(&args.device, template, args.send, session).await
}
