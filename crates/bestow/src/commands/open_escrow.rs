//! `bestow open-escrow`

use std::fs;
use std::path::{Path, PathBuf};

use anyhow::Context as _;
use secrecy::ExposeSecret as _;
use serde::de::DeserializeOwned;
use wire::offline::Export;
use zeroize::Zeroizing;

use crate::commands::shown_secret::read_out;
use crate::exit::{Exit, Failure};
use crate::named_file::unreadable;
use crate::offline::{Share, combine};
use crate::output::{note, print};

/// Open a recovery key that is sealed to the offline key, with shares of it; needs no server and no network
#[derive(Debug, clap::Args)]
pub struct Args {
    /// What bestow recovery-key sealed wrote
    file: PathBuf,
    /// A file with a share of the offline key; repeat it for each
    #[arg(long = "share", value_name = "FILE", required = true)]
    shares: Vec<PathBuf>,
}

/// Runs the command. The key is the output, because showing it is what was asked.
pub fn run(args: &Args) -> Result<Exit, Failure> {
    let export: Export = read(&args.file, "what `bestow recovery-key sealed` writes")?;
    let mut shares = Vec::new();
    for file in &args.shares {
        let share: Share = read(file, "a share of an offline key")?;
        shares.push((file.display().to_string(), share));
    }
    let key = combine(&shares, &export.secret.offline_key);
    let key = key.map_err(|why| Failure::usage(format!("Nothing was opened: {why}.")))?;
    let secret = export
        .open(&key)
        .context("open what is sealed: it was changed, or put under another Mac's name")?;
    let secret = secret.expose_secret();
    print(secret)?;
    if let Some(showing) = export.belonging.kind.showing() {
        read_out(showing, secret);
    }
    note(&format!(
        "Version {} of the Mac with the serial number {}.",
        export.version, export.belonging.serial_number
    ));
    Ok(Exit::Done)
}

fn read<T: DeserializeOwned>(file: &Path, what: &str) -> Result<T, Failure> {
    let text = fs::read_to_string(file).map(Zeroizing::new);
    let text = text.map_err(|error| unreadable(file, &error))?;
    // What exactly is wrong could tell of the content.
    serde_json::from_str(&text).map_err(|_| Failure::usage(format!("{} is not {what}.", file.display())))
}

#[cfg(test)]
mod tests {
    use clap::Parser as _;
    use newtype_uuid::GenericUuid as _;
    use secrecy::SecretString;
    use trust::escrow::EscrowKind;
    use trust::id::{EscrowMessageId, OrganizationId};
    use uuid::Uuid;
    use wire::offline::{Belonging, OfflineSealed};

    use super::*;
    use crate::cli::Cli;
    use crate::edge;

    /// Runs a command of the program that needs no server.
    fn ran(arguments: &[&str]) -> Exit {
        let cli = Cli::parse_from([&["bestow"], arguments].concat());
        cli.runtime().unwrap().block_on(cli.run())
    }

    #[test]
    fn shares_of_a_new_key_open_what_was_sealed_to_it_and_one_too_few_does_not() {
        let folder = tempfile::tempdir().unwrap();
        let shares = folder.path().join("shares");
        let made = ran(&[
            "offline-key",
            "new",
            shares.to_str().unwrap(),
            "--shares",
            "3",
            "--needed",
            "2",
        ]);
        assert_eq!(made, Exit::Done);
        let share = |number: u8| shares.join(format!("share-{number}-of-3.json"));
        let first: Share = read(&share(1), "a share").unwrap();
        let belonging = Belonging {
            organization_id: OrganizationId::from_untyped_uuid(Uuid::from_u128(1)),
            serial_number: "SERIAL1".to_owned(),
            kind: EscrowKind::PersonalRecoveryKey,
            message_id: EscrowMessageId::from_untyped_uuid(Uuid::from_u128(2)),
        };
        let key = SecretString::from("ABCD-2345-EFGH-6789-JKLM-NPQR");
        let secret = OfflineSealed::seal(&first.offline_key, &key, &belonging, &mut edge::rng()).unwrap();
        let export = Export {
            belonging,
            version: 4,
            secret,
        };
        let file = folder.path().join("sealed.json");
        fs::write(&file, serde_json::to_vec(&export).unwrap()).unwrap();

        let opened = |numbers: &[u8]| {
            let file = file.to_str().unwrap().to_owned();
            let mut arguments = vec!["open-escrow".to_owned(), file];
            for number in numbers {
                arguments.extend(["--share".to_owned(), share(*number).to_str().unwrap().to_owned()]);
            }
            ran(&arguments.iter().map(String::as_str).collect::<Vec<_>>())
        };
        assert_eq!(opened(&[1, 3]), Exit::Done);
        assert_eq!(opened(&[3, 2, 1]), Exit::Done);
        assert_ne!(opened(&[2]), Exit::Done);
        assert_ne!(opened(&[2, 2]), Exit::Done);
        let again = ran(&[
            "offline-key",
            "new",
            shares.to_str().unwrap(),
            "--shares",
            "3",
            "--needed",
            "2",
        ]);
        assert_ne!(again, Exit::Done, "a folder that is there is left alone");
        let text = fs::read_to_string(share(2)).unwrap();
        fs::write(share(2), text.replace("\"number\": 2", "\"number\": 3")).unwrap();
        assert_ne!(opened(&[1, 2]), Exit::Done, "a changed share");
    }
}
