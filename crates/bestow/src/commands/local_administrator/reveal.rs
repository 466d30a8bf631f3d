//! `bestow local-administrator reveal`

use secrecy::ExposeSecret as _;
use trust::local_administrator::spell;

use crate::cli::Session;
use crate::client::Reference;
use crate::commands::find_device;
use crate::exit::{Exit, Failure};
use crate::output::{Format, moment, note, print, print_as_it_is};

/// Show the password of a Mac's local administrator, once; who saw it and why is noted, and an hour later the Mac is to have another
/// one
#[derive(Debug, clap::Args)]
pub struct Args {
    /// Id, name or serial number
    device: Reference,
    /// Why, for the audit log
    #[arg(long, value_name = "TEXT")]
    reason: String,
    /// Which version [default: the one in force]
    #[arg(long, value_name = "NUMBER")]
    version: Option<u32>,
}

/// Runs the command. The password is the output, because showing it is what was asked.
pub async fn run(args: Args, session: &Session) -> Result<Exit, Failure> {
    let client = session.client()?;
    let device = find_device(&client, &args.device).await?.value.summary;
    let answer = client
        .reveal_local_administrator(device.id, args.version, &args.reason)
        .await?;
    if session.format == Format::Json {
        print_as_it_is(&answer.json)?;
        return Ok(Exit::Done);
    }
    let shown = &answer.value;
    let password = shown.password.expose_secret();
    print(password)?;
    for (group, words) in spell(password) {
        note(&format!("  {group}  {}", words.join(", ")));
    }
    note(&format!(
        "Version {}, proved on the Mac: {}. It is not shown again without asking again.",
        shown.version,
        shown
            .proved_at
            .map_or_else(|| "never".to_owned(), |at| moment(at, &session.zone))
    ));
    if let Some(at) = shown.rotate_after {
        let at = moment(at, &session.zone);
        note(&format!("The Mac is to have another password after {at}."));
    }
    Ok(Exit::Done)
}
