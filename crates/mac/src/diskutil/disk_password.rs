//! The proof of a disk password.

use secrecy::SecretString;

use super::error_number;
use crate::text::excerpt;
use crate::{Answer, Arg, Call, Error, Feed, Runner, Tool};

/// What the disk says to a password. Exit 0 is the only yes; the words for a no were never captured on a mounted boot
/// volume, so what is not known to be a no stays [`DiskCheck::Unknown`].
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum DiskCheck {
    /// The password opens the disk as this crypto user.
    Right,
    /// It does not, or there is no such crypto user: the tool does not tell these apart. The Secure Enclave counts.
    Wrong,
    /// The sandbox stopped the tool: the agent lacks Full Disk Access.
    NoFullDiskAccess,
    /// This system cannot verify a password without unlocking.
    Unsupported,
    /// The tool ended in a way that says nothing of the password.
    Unknown {
        /// The number of DiskManagement, when there is one.
        number: Option<i32>,
        /// What it said.
        text: String,
    },
}

/// Asks the disk whether a password opens it as the crypto user with this GUID, and changes nothing.
///
/// # Errors
/// When the tool could not be run to its end, or the password cannot be handed over.
pub fn verify_disk_password(
    runner: &dyn Runner,
    guid: &str,
    password: &SecretString,
) -> Result<DiskCheck, Error> {
    let guid = Arg::value(guid).map_err(Error::bad_arg(Tool::Diskutil))?;
    let before = ["apfs", "unlockVolume", "/", "-verify", "-user"].map(Arg::from);
    let args = before.into_iter().chain([guid, Arg::from("-stdinpassphrase")]);
    let feed = Feed::lines([password.clone()]).map_err(Error::unfeedable(Tool::Diskutil))?;
    let answer = runner
        .run(&Call::new(Tool::Diskutil, args).feed(feed))
        .map_err(Error::run(Tool::Diskutil))?;
    Ok(DiskCheck::from(&answer))
}

impl From<&Answer> for DiskCheck {
    fn from(answer: &Answer) -> Self {
        if answer.exit.is_zero() {
            return Self::Right;
        }
        let said = answer.everything_said();
        let number = error_number(&said);
        match number {
            Some(-69557) => Self::Wrong,
            Some(-69464) => Self::NoFullDiskAccess,
            _ if said.contains("passphrase is incorrect") || said.contains("Passphrase incorrect") => {
                Self::Wrong
            }
            _ if said.contains("restricted by Sandbox") => Self::NoFullDiskAccess,
            _ if said.contains("Usage:") || said.contains("unknown option") => Self::Unsupported,
            _ => Self::Unknown {
                number,
                text: excerpt(&said),
            },
        }
    }
}
