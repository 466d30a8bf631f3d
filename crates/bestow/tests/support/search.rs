//! Looking for secrets in everything that is left behind.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use memchr::memmem;

use super::child::Running;
use super::command::Said;
use super::site::Site;

/// What is searched, with its name for the report.
pub struct Haystack {
    /// What it is.
    pub name: String,
    /// Everything in it.
    pub bytes: Vec<u8>,
}

impl Haystack {
    /// These bytes.
    pub fn new(name: impl Into<String>, bytes: &[u8]) -> Self {
        Self {
            name: name.into(),
            bytes: bytes.to_owned(),
        }
    }

    /// What stands in a file.
    fn of_file(file: &Path) -> io::Result<Self> {
        Ok(Self::new(file.display().to_string(), &fs::read(file)?))
    }

    /// Whether the secret stands in it, in whichever form.
    pub fn has(&self, secret: &str) -> bool {
        forms(secret).iter().any(|form| contains(&self.bytes, form))
    }
}

/// Every form in which a password might be written down.
pub fn forms(password: &str) -> Vec<Vec<u8>> {
    let json = serde_json::to_string(password).unwrap();
    let hexadecimal: String = password.bytes().map(|byte| format!("{byte:02x}")).collect();
    let percent: String = password.bytes().map(percent_encoded).collect();
    let debug = format!("{password:?}");
    let mut forms = vec![
        password.as_bytes().to_vec(),
        json.trim_matches('"').as_bytes().to_vec(),
        debug.trim_matches('"').as_bytes().to_vec(),
        hexadecimal.to_uppercase().into_bytes(),
        hexadecimal.into_bytes(),
        percent.into_bytes(),
    ];
    // As base64 inside something longer, the first and the last letters depend on their neighbours.
    for padding in ["", "x", "xx"] {
        let encoded = wire::encoding::Bytes(format!("{padding}{password}").into_bytes()).to_text();
        let middle = encoded.get(4..encoded.len() - 4).unwrap();
        forms.push(middle.as_bytes().to_vec());
        forms.push(middle.replace('-', "+").replace('_', "/").into_bytes());
    }
    forms
}

fn percent_encoded(byte: u8) -> String {
    match byte.is_ascii_alphanumeric() || b"-._~".contains(&byte) {
        true => char::from(byte).to_string(),
        false => format!("%{byte:02X}"),
    }
}

/// Whether it stands there.
pub fn contains(haystack: &[u8], needle: &[u8]) -> bool {
    memmem::find(haystack, needle).is_some()
}

/// Every file below a folder.
pub fn files_below(folder: &Path) -> Vec<PathBuf> {
    unless_something_vanishes(|| list_below(folder))
}

fn list_below(folder: &Path) -> io::Result<Vec<PathBuf>> {
    let mut files = Vec::new();
    for entry in fs::read_dir(folder)? {
        let entry = entry?;
        let kind = entry.file_type()?;
        if kind.is_dir() {
            files.extend(list_below(&entry.path())?);
        } else if kind.is_file() {
            files.push(entry.path());
        }
    }
    Ok(files)
}

/// Everything that stands in the files below a folder.
pub fn everything_below(folder: &Path) -> Vec<Haystack> {
    unless_something_vanishes(|| {
        list_below(folder)?
            .iter()
            .map(|file| Haystack::of_file(file))
            .collect()
    })
}

/// Looks anew as often as a file is renamed or removed between being listed and being read: what runs beside the
/// search writes its state to a new file and renames it, and what the old name held stands under another.
fn unless_something_vanishes<T>(look: impl Fn() -> io::Result<T>) -> T {
    loop {
        match look() {
            Ok(seen) => return seen,
            Err(error) => assert_eq!(error.kind(), io::ErrorKind::NotFound, "{error}"),
        }
    }
}

/// Everything in the site's folder but the simulated Mac itself, which has to know its passwords' keys, not them.
/// These files must be among what is searched.
pub fn everything_written(site: &Site, wanted: &[&str]) -> Vec<Haystack> {
    let found = everything_below(&site.folder());
    for name in wanted {
        assert!(
            found.iter().any(|file| Path::new(&file.name).ends_with(name)),
            "{name} is not in {:?}",
            found.iter().map(|file| &file.name).collect::<Vec<_>>()
        );
    }
    found
}

/// The same once the server has closed its database.
pub fn everything_written_at_rest(site: &Site) -> Vec<Haystack> {
    everything_below(&site.folder())
}

/// Arguments and environment of server and agent. Those of the tools stand in `calls.jsonl`.
pub fn both_processes(site: &Site) -> Vec<Haystack> {
    let processes = [
        ("server", site.server.process()),
        ("agent", site.mac.agent_process()),
    ];
    let seen = |(name, process): (&str, &Running)| Haystack {
        name: format!("arguments or environment of the {name}"),
        bytes: process.seen_from_outside(),
    };
    processes.map(seen).into()
}

/// What a command has said.
pub fn said(name: &str, said: &Said) -> Haystack {
    Haystack {
        name: name.to_owned(),
        bytes: format!("{}{}", said.out, said.err).into_bytes(),
    }
}

/// Fails when one of these stands anywhere, in whichever form.
pub fn stand_nowhere(secrets: &[&str], found: &[Haystack]) {
    for secret in secrets {
        for haystack in found {
            assert!(!haystack.has(secret), "{secret:?} stands in {}", haystack.name);
        }
    }
}
