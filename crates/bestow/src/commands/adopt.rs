//! `bestow adopt`

use trust::action::{ActionTemplate, AdoptAccountTemplate};
use trust::enrolment::{EmailAddress, Person};
use trust::name::FullName;

use super::send::{SendArgs, send};
use super::target::TargetArgs;
use crate::cli::Session;
use crate::client::Reference;
use crate::exit::{Exit, Failure};

/// Take an account over that exists on a Mac: prove its password, and let the service account hand it a token if it has none
#[derive(Debug, clap::Args)]
pub struct Args {
    /// Id, name or serial number
    device: Reference,
    #[command(flatten)]
    target: TargetArgs,
    /// Whose account it is from then on, in the Mac's enrolment data
    #[arg(long, value_name = "NAME")]
    person: Option<FullName>,
    /// That person's e-mail address
    #[arg(long, value_name = "ADDRESS", requires = "person")]
    email: Option<EmailAddress>,
    #[command(flatten)]
    send: SendArgs,
}

/// Runs the command.
pub async fn run(args: Args, session: &Session) -> Result<Exit, Failure> {
    let email = args.email;
    let person = args.person.map(|full_name| Person { full_name, email });
    let template = ActionTemplate::AdoptAccount(AdoptAccountTemplate {
        target: args.target.choice()?,
        person,
    });
    send(&args.device, template, args.send, session).await
}
