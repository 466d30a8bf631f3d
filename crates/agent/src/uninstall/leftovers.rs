//! What the agent keeps: its keys, its passwords and its files.

use std::fs;
use std::io;
use std::path::Path;

use super::Note;
use crate::durable;
use crate::identity::Keys;
use crate::paths::Paths;
use crate::service_account::Custody;

/// Removes all of it, the note of the uninstall last. What is not the agent's stays.
///
/// # Errors
/// When something could not be removed. It can be tried again.
pub fn clear(paths: &Paths, custody: &Custody) -> io::Result<()> {
    custody.passwords.clear()?;
    Keys::forget(paths).map_err(io::Error::other)?;
    match fs::remove_dir_all(paths.journal()) {
        Err(error) if error.kind() != io::ErrorKind::NotFound => return Err(error),
        _ => {}
    }
    for file in [
        paths.enrolment(),
        paths.keychain(),
        paths.keychain_key(),
        paths.service_account(),
        paths.attempts(),
        paths.proofs(),
        paths.promotions(),
        paths.logins(),
    ] {
        durable::remove(&file)?;
    }
    if let Some(folder) = paths.login_socket().parent().filter(|folder| folder.is_dir()) {
        durable::remove(&paths.login_socket())?;
        remove_if_empty(folder)?;
    }
    Note::of(paths).forget()?;
    durable::remove(&paths.lock())?;
    remove_if_empty(paths.state())
}

fn remove_if_empty(folder: &Path) -> io::Result<()> {
    match fs::remove_dir(folder) {
        Err(error)
            if !matches!(
                error.kind(),
                io::ErrorKind::NotFound | io::ErrorKind::DirectoryNotEmpty
            ) =>
        {
            Err(error)
        }
        _ => Ok(()),
    }
}
