//! `bestow audit verify`

use std::fs::File;
use std::io::{BufRead as _, BufReader};
use std::path::{Path, PathBuf};

use audit_chain::{Hex, Verified, Verifier};
use serde_json::json;

use crate::cli::Session;
use crate::exit::{Exit, Failure};
use crate::named_file::unreadable;
use crate::output::{Format, moment, print};

/// Check that an exported audit log is whole and as the server wrote it, without the server
#[derive(Debug, clap::Args)]
pub struct Args {
    /// What bestow audit export has written
    file: Option<PathBuf>,
    /// The key by which the server signs, as an earlier check has told it; without it, compare the key that is told
    #[arg(long, value_name = "HEX", value_parser = key)]
    key: Option<Hex<32>>,
}

/// Runs the command.
pub fn run(args: &Args, session: &Session) -> Result<Exit, Failure> {
    let Some(file) = &args.file else {
        return Err(Failure::usage(
            "Name the export that is to be checked. `bestow audit export > audit.jsonl` writes one, and \
             `bestow audit verify audit.jsonl` checks it.",
        ));
    };
    let verified = read(file, args.key)?;
    if session.format == Format::Json {
        let told = json!({
            "entries": verified.entries,
            "signed_at": verified.signed_at,
            "organization_id": verified.organization_id,
            "key": verified.key,
        });
        print(&told.to_string())?;
        return Ok(Exit::Done);
    }
    print(&format!(
        "The audit log is whole: {} entries, each as it was written.\nSigned: {}\nKey:    {}",
        verified.entries,
        moment(verified.signed_at, &session.zone),
        verified.key,
    ))?;
    if args.key.is_none() {
        print("Keep the key, and compare it with that of the next export: --key does so.")?;
    }
    Ok(Exit::Done)
}

/// A key, as an earlier check has told it.
fn key(text: &str) -> Result<Hex<32>, String> {
    text.parse().map_err(|_| {
        "a key is 64 hexadecimal digits in lower case, as the check prints it after Key".to_owned()
    })
}

fn read(path: &Path, key: Option<Hex<32>>) -> Result<Verified, Failure> {
    let unreadable = |error| unreadable(path, &error);
    let file = File::open(path).map_err(unreadable)?;
    let mut verifier = Verifier::new(key);
    let broken = |broken| {
        Failure::usage(format!(
            "The audit log in {} is not what the server wrote: {broken}.",
            path.display()
        ))
    };
    for line in BufReader::new(file).lines() {
        let line = line.map_err(unreadable)?;
        verifier.read(&line).map_err(broken)?;
    }
    verifier.end().map_err(broken)
}
