//! `bestow offline-key new`

use std::fs;
use std::io::ErrorKind;
use std::path::{Path, PathBuf};

use anyhow::Context as _;
use wire::seal::SealingPrivateKey;
use zeroize::Zeroizing;

use crate::edge;
use crate::exit::{Exit, Failure};
use crate::offline::cut;
use crate::output::{note, print};
use crate::private;

/// Make a key and cut it into shares, each in a file of its own; the key itself is kept nowhere
///
/// Its public half is printed, and goes into bestow.toml as offline_key. Give each share to another person and delete the folder: as
/// many of them as are needed open what the server keeps, and fewer open nothing.
#[derive(Debug, clap::Args)]
pub struct Args {
    /// Where the shares are written; the folder is made
    folder: PathBuf,
    /// How many shares are made
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u8).range(1..=50))]
    shares: u8,
    /// How many of them open what is kept
    #[arg(long, value_name = "M", value_parser = clap::value_parser!(u8).range(1..=50))]
    needed: u8,
}

/// Runs the command.
pub fn run(args: &Args) -> Result<Exit, Failure> {
    if args.needed > args.shares {
        return Err(Failure::usage(
            "--needed is at most --shares: nobody could ever open anything.",
        ));
    }
    private::make_files_private();
    make(&args.folder)?;
    let mut random = edge::rng();
    let key = SealingPrivateKey::generate(&mut random);
    for share in cut(&key, args.needed, args.shares, &mut random) {
        let name = format!("share-{}-of-{}.json", share.number, share.of);
        let text = serde_json::to_string_pretty(&share).map(Zeroizing::new);
        let text = text.context("write a share")?;
        fs::write(args.folder.join(&name), text.as_bytes()).with_context(|| format!("write {name}"))?;
    }
    let public = key.public_key();
    print(&format!("offline_key = \"{}\"", public.0.to_text()))?;
    note(&format!(
        "Put this line into bestow.toml and start the server anew: it seals each recovery key to it from then on, and cannot read it.\n\
         {} shares lie in {}. {} what is kept; give each to another person, and delete the folder.\n\
         Fingerprint: {}",
        args.shares,
        args.folder.display(),
        who_opens(args.needed),
        public.fingerprint()
    ));
    Ok(Exit::Done)
}

fn who_opens(needed: u8) -> String {
    match needed {
        1 => "Each of them by itself opens".to_owned(),
        needed => format!("Any {needed} of them open"),
    }
}

/// Makes a folder that was not there: shares among other files would be lost, and those of a former key mistaken for these.
fn make(folder: &Path) -> Result<(), Failure> {
    match fs::create_dir(folder) {
        Err(error) if error.kind() == ErrorKind::AlreadyExists => Err(Failure::usage(format!(
            "{} is there already. Name a folder that is not: the shares are to lie alone.",
            folder.display()
        ))),
        made => Ok(made.with_context(|| format!("make the folder {}", folder.display()))?),
    }
}
