//! `bestow account`: what is done to an account that exists on a Mac. `bestow bulk-account` does it on many.

pub mod bulk;
mod verb;

use super::send::{SendArgs, send};
use crate::cli::Session;
use crate::client::Reference;
use crate::exit::{Exit, Failure};
use verb::Verb;

/// Promote, demote, disable, unlock or delete an account of a Mac, or give it another password; refused where it would cut the
/// chain of trust
#[derive(Debug, clap::Args)]
pub struct Args {
    /// Id, name or serial number
    device: Reference,
    #[command(subcommand)]
    verb: Verb<Accept, SendArgs>,
}

/// Whether a person accepts what the chain loses.
#[derive(Debug, clap::Args)]
struct Accept {
    /// The Mac's name, to accept what the plan says that the chain would lose
    #[arg(long, value_name = "NAME")]
    confirm_device_name: Option<String>,
}

/// Runs the command.
pub async fn run(args: Args, session: &Session) -> Result<Exit, Failure> {
    let (template, how) = args.verb.into_template(|accept| accept.confirm_device_name)?;
    send(&args.device, template, how, session).await
}
