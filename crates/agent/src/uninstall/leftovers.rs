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
    custody.local_administrator.passwords.clear()?;
    Keys::forget(paths).map_err(io::Error::other)?;
    match fs::remove_dir_all(paths.journal()) {
        Err(error) if error.kind() != io::ErrorKind::NotFound => return Err(error),
        _ => {}
    }
    for file in [
        paths.enrolment(),
        paths.keychain(),
        paths.keychain_key(),
        paths.local_administrator_keychain(),
        paths.local_administrator(),
        paths.service_account(),
        paths.recovery_key(),
        paths.attempts(),
        paths.guesses(),
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
    if paths.utility_socket().exists() {
        durable::remove(&paths.utility_socket())?;
    }
    remove_half_written(paths.state())?;
    Note::of(paths).forget()?;
    durable::remove(&paths.lock())?;
    remove_if_empty(paths.state())
}

/// An agent that was killed while it wrote has left a file beside the one that it was about to replace.
fn remove_half_written(folder: &Path) -> io::Result<()> {
    for entry in fs::read_dir(folder)? {
        let entry = entry?;
        if entry
            .file_name()
            .to_string_lossy()
            .starts_with(durable::HALF_WRITTEN)
        {
            durable::remove(&entry.path())?;
        }
    }
    Ok(())
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
