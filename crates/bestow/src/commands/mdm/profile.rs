//! `bestow mdm profile`

use std::fs::OpenOptions;
use std::io::Write as _;
use std::os::unix::fs::OpenOptionsExt as _;
use std::path::PathBuf;

use anyhow::Context as _;
use secrecy::zeroize::Zeroizing;

use crate::cli::Session;
use crate::client::Reference;
use crate::commands::find_device;
use crate::exit::{Exit, Failure};
use crate::output::note;

/// Make the profile by which one Mac enrols with Bestow's device management; it holds that Mac's key
#[derive(Debug, clap::Args)]
pub struct Args {
    /// Id, name or serial number
    device: Reference,
    /// The file to write, which must not be there yet
    #[arg(long, value_name = "FILE")]
    out: PathBuf,
    /// Renew the certificate of the enrolment that the Mac has; its bootstrap token stays
    #[arg(long)]
    renew: bool,
}

/// Runs the command. The file is made first: a profile is shown once, and would be lost.
pub async fn run(args: Args, session: &Session) -> Result<Exit, Failure> {
    let client = session.client()?;
    let device = find_device(&client, &args.device).await?.value.summary;
    let file = args.out.display();
    let mut out = OpenOptions::new()
        .write(true)
        .create_new(true)
        .mode(0o600)
        .open(&args.out)
        .map_err(|error| Failure::usage(format!("The profile cannot be written to {file}: {error}.")))?;
    let profile = match client.mdm_profile(device.id, args.renew).await {
        Ok(profile) => Zeroizing::new(profile),
        Err(error) => {
            // Nothing is in it.
            let _ = std::fs::remove_file(&args.out);
            return Err(error.into());
        }
    };
    out.write_all(profile.as_bytes())
        .and_then(|()| out.sync_all())
        .with_context(|| format!("write {file}"))?;
    note(&format!(
        "{file} enrols {} and no other Mac. It holds that Mac's key: delete it when it is installed.",
        device.name
    ));
    Ok(Exit::Done)
}
