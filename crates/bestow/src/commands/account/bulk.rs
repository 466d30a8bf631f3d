//! `bestow bulk-account`

use super::verb::Verb;
use crate::cli::Session;
use crate::commands::bulk::order::{OrderArgs, order};
use crate::commands::passwords_from::PasswordsFrom;
use crate::exit::{Exit, Failure};

/// Promote, demote, disable, unlock or delete an account on many Macs, or give it another password: shows the plan, asks, and
/// watches. Macs whose chain it would cut are left out
#[derive(Debug, clap::Args)]
pub struct Args {
    #[command(subcommand)]
    verb: Verb<Nobody, Sending>,
}

/// How it is sent.
#[derive(Debug, clap::Args)]
struct Sending {
    #[command(flatten)]
    passwords_from: PasswordsFrom,
    #[command(flatten)]
    order: OrderArgs,
}

/// Nobody can type the names of many Macs at once.
#[derive(Debug, clap::Args)]
struct Nobody {}

/// Runs the command.
pub async fn run(args: Args, session: &Session) -> Result<Exit, Failure> {
    let (template, how) = args.verb.into_template(|_| None)?;
    order(&template, &how.passwords_from, how.order, session).await
}
