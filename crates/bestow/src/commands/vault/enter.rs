//! `bestow vault enter`

use crate::cli::Session;
use crate::client::EnterOrder;
use crate::commands::vault::line::tell;
use crate::exit::{Exit, Failure};
use crate::passwords::{PasswordSource, Question};

/// Keep a Recovery Lock or firmware password of a Mac, enrolled or not; it is asked for unseen
#[derive(Debug, clap::Args)]
pub struct Args {
    /// The Mac's serial number
    serial_number: String,
    /// What it is: recovery_lock or firmware_password
    #[arg(long, value_name = "KIND")]
    kind: String,
    /// The Mac had it before, or may still have it: up to 20 such values are kept
    #[arg(long)]
    legacy: bool,
    /// Why, for the audit log
    #[arg(long, value_name = "TEXT")]
    reason: Option<String>,
    /// Read it from standard input, one line
    #[arg(long)]
    password_stdin: bool,
}

/// Runs the command.
pub async fn run(args: Args, session: &Session) -> Result<Exit, Failure> {
    let client = session.client()?;
    let source = match args.password_stdin {
        true => PasswordSource::StandardInput,
        false => PasswordSource::Prompt,
    };
    let question = Question {
        text: format!("{} of {}", args.kind, args.serial_number),
        is_new: true,
    };
    for value in source.read(&[question])? {
        let order = EnterOrder {
            value,
            legacy: args.legacy,
            reason: args.reason.as_deref(),
        };
        let answer = client
            .enter_into_vault(&args.serial_number, &args.kind, &order)
            .await?;
        tell(&answer, session)?;
    }
    Ok(Exit::Done)
}
