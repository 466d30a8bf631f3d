//! Files that hold keys: for their owner alone, and whole on the disk before anything is encrypted by what is in them.

use std::fs::{self, File, OpenOptions, TryLockError};
use std::io::{self, Write as _};
use std::os::unix::fs::{OpenOptionsExt as _, PermissionsExt as _};
use std::path::{Path, PathBuf};

use zeroize::Zeroizing;

/// Readable by its owner only.
pub(super) const PRIVATE: u32 = 0o600;

/// Bits of a file's mode that let others in.
const OTHERS: u32 = 0o077;

/// Why a key of the vault cannot be used.
#[derive(Debug, thiserror::Error)]
pub enum VaultError {
    /// The file cannot be read or made.
    #[error("use the vault's key in {}", file.display())]
    File {
        /// Where it is.
        file: PathBuf,
        /// Why not.
        #[source]
        source: io::Error,
    },
    /// Others than its owner can read the file.
    #[error("use the vault's key in {}: others can read the file; run chmod 600 on it", .0.display())]
    Readable(PathBuf),
    /// The file is not there, and is not made: what it held cannot be had again.
    #[error(
        "use the vault's key in {}: it is not there, and {needed_by} escrowed secrets need what was in it; put the file back, or \
         name the place where it is as escrow_keys in the configuration",
        file.display()
    )]
    NotThere {
        /// Where it should be.
        file: PathBuf,
        /// How many secrets cannot be opened without it.
        needed_by: u64,
    },
    /// Somebody else is changing the file.
    #[error("change the vault's key in {}: another bestow is doing so; wait until it is done", .0.display())]
    InUse(PathBuf),
    /// The file holds something else.
    #[error("use the vault's key in {}: the file does not hold a key of 32 bytes", .0.display())]
    NotAKey(PathBuf),
    /// The file does not say where the audit log was signed last.
    #[error("{} does not say where the audit log was signed last; put it back from its copy", .0.display())]
    NotWhereSigned(PathBuf),
    /// The file holds something else than a certificate and its key.
    #[error("use the certificate in {}: the file does not hold an RSA key and a certificate of it, in PEM", .0.display())]
    NotACertificate(PathBuf),
}

impl VaultError {
    pub(super) fn of_file(file: &Path) -> impl Fn(io::Error) -> Self + use<> {
        let file = file.to_owned();
        move |source| Self::File {
            file: file.clone(),
            source,
        }
    }
}

/// What a key file holds; `None` when it is not there. One that others can read is refused.
pub(crate) fn read(file: &Path) -> Result<Option<Zeroizing<Vec<u8>>>, VaultError> {
    let failed = VaultError::of_file(file);
    let bytes = match fs::read(file) {
        Ok(bytes) => Zeroizing::new(bytes),
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(None),
        Err(error) => return Err(failed(error)),
    };
    let mode = fs::metadata(file).map_err(failed)?.permissions().mode();
    if mode & OTHERS != 0 {
        return Err(VaultError::Readable(file.to_owned()));
    }
    Ok(Some(bytes))
}

/// Writes a key file that is not there yet.
pub(crate) fn write_new(file: &Path, bytes: &[u8]) -> Result<(), VaultError> {
    let failed = VaultError::of_file(file);
    let mut new = OpenOptions::new()
        .write(true)
        .create_new(true)
        .mode(PRIVATE)
        .open(file)
        .map_err(&failed)?;
    new.write_all(bytes).map_err(&failed)?;
    new.sync_all().map_err(&failed)?;
    sync_folder_of(file).map_err(&failed)
}

/// Puts `bytes` in the place of what a key file holds: whoever reads it meanwhile reads the one or the other.
pub(crate) fn replace(file: &Path, bytes: &[u8]) -> Result<(), VaultError> {
    let next = file.with_added_extension("next");
    let failed = VaultError::of_file(&next);
    match fs::remove_file(&next) {
        Err(error) if error.kind() != io::ErrorKind::NotFound => return Err(failed(error)),
        _ => {}
    }
    write_new(&next, bytes)?;
    fs::rename(&next, file).map_err(&failed)?;
    sync_folder_of(file).map_err(VaultError::of_file(file))
}

/// Takes the file's lock, a file beside it, or says that somebody else has it. It is given back when what is answered is dropped,
/// or the process ends.
pub(super) fn lock(file: &Path) -> Result<File, VaultError> {
    let beside = file.with_added_extension("lock");
    let failed = VaultError::of_file(&beside);
    let lock = OpenOptions::new()
        .write(true)
        .create(true)
        .truncate(false)
        .mode(PRIVATE)
        .open(&beside)
        .map_err(&failed)?;
    match lock.try_lock() {
        Ok(()) => Ok(lock),
        Err(TryLockError::WouldBlock) => Err(VaultError::InUse(file.to_owned())),
        Err(TryLockError::Error(error)) => Err(failed(error)),
    }
}

fn sync_folder_of(file: &Path) -> io::Result<()> {
    match file.parent().filter(|folder| !folder.as_os_str().is_empty()) {
        Some(folder) => File::open(folder)?.sync_all(),
        None => Ok(()),
    }
}
