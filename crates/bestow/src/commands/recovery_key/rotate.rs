//! `bestow recovery-key rotate`

use trust::action::{ActionTemplate, RotateRecoveryKeyTemplate};
use trust::name::AccountName;
use trust::wildcard::Templated;

use crate::cli::Session;
use crate::client::Reference;
use crate::commands::send::{SendArgs, send};
use crate::exit::{Exit, Failure};

/// Have macOS make another recovery key and escrow it; the former one opens nothing any more
#[derive(Debug, clap::Args)]
pub struct Args {
    /// Id, name or serial number
    device: Reference,
    /// An account that opens the disk; left out, the service account does it
    #[arg(long, value_name = "USERNAME")]
    administrator: Option<Templated<AccountName>>,
    #[command(flatten)]
    send: SendArgs,
}

/// Runs the command.
pub async fn run(args: Args, session: &Session) -> Result<Exit, Failure> {
    let rotate = RotateRecoveryKeyTemplate {
        administrator: args.administrator,
    };
    let template = ActionTemplate::RotateRecoveryKey(rotate);
    send(&args.device, template, args.send, session).await
}
