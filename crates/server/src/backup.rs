//! Copies of the database, and putting one back. The keys of the vault are no part of a copy: they are kept apart from it, and
//! what comes back is held against the keys that are there.

use std::fs::{self, File};
use std::io;
use std::path::{Path, PathBuf};

use store::{Store, StoreError};

use crate::audit::{self, AuditKeyError};
use crate::config::ServerConfig;
use crate::entropy::Entropy;
use crate::vault::{EscrowKeys, VaultError};

/// The database in a copy.
const DATABASE: &str = "bestow.db";

/// Why no copy was made, or none put back.
#[derive(Debug, thiserror::Error)]
pub enum BackupError {
    /// Something is there already.
    #[error("{} is there already; nothing was changed. Move it away, or name another folder for a new copy", .0.display())]
    InTheWay(PathBuf),
    /// There is no such file.
    #[error("{} is not there; nothing was changed", .0.display())]
    NotThere(PathBuf),
    /// The copy is not whole.
    #[error("{} is not a whole copy of a database of Bestow; nothing was changed. Take another copy", .0.display())]
    Damaged(PathBuf),
    /// A file cannot be read or written.
    #[error("copy the database to {}", file.display())]
    File {
        /// Which.
        file: PathBuf,
        /// Why not.
        #[source]
        source: io::Error,
    },
    /// The database cannot be used.
    #[error("use the database")]
    Store(#[from] StoreError),
    /// The keys cannot be used.
    #[error("use the escrow keys")]
    Keys(#[from] VaultError),
    /// The key of the audit log is not the one that signed it, or what it signed cannot be put aside.
    #[error("use the key of the audit log")]
    AuditKey(#[from] AuditKeyError),
    /// The copy holds secrets that the keys which are there do not open.
    #[error(
        "{missing} of {all} escrowed secrets need the key {key}, which is not in {}; put the file of escrow keys back first",
        file.display()
    )]
    KeyMissing {
        /// The id of a key that is missing.
        key: String,
        /// How many secrets need it.
        missing: u64,
        /// How many there are.
        all: u64,
        /// Where keys were looked for.
        file: PathBuf,
    },
}

/// Copies the database of a server into `folder`, which is made. The server may run meanwhile: the copy is of one moment.
/// Answers the copy.
///
/// # Errors
/// When the folder is there already, or the database cannot be read or the copy written.
pub async fn back_up(config: &ServerConfig, folder: &Path) -> Result<PathBuf, BackupError> {
    if !config.database.exists() {
        return Err(BackupError::NotThere(config.database.clone()));
    }
    if folder.exists() {
        return Err(BackupError::InTheWay(folder.to_owned()));
    }
    fs::create_dir_all(folder).map_err(of_file(folder))?;
    let copied = copy_into(config, folder).await;
    if copied.is_err() {
        // It was made just now, and holds nothing that anybody could use.
        let _ = fs::remove_dir_all(folder);
    }
    copied
}

/// The copy gets its name when it is whole and on the disk: one that was cut off is not taken for it.
async fn copy_into(config: &ServerConfig, folder: &Path) -> Result<PathBuf, BackupError> {
    let copy = folder.join(DATABASE);
    let part = copy.with_added_extension("part");
    let store = Store::open(&config.database).await?;
    let copied = store.copy_to(&part).await;
    store.close().await;
    copied?;
    take_its_place(&part, &copy)?;
    Ok(copy)
}

/// Puts a file that is whole in its place, so that a loss of power leaves it there.
fn take_its_place(whole: &Path, place: &Path) -> Result<(), BackupError> {
    let sync = |path: &Path| File::open(path)?.sync_all();
    sync(whole).map_err(of_file(whole))?;
    fs::rename(whole, place).map_err(of_file(place))?;
    match place.parent().filter(|folder| !folder.as_os_str().is_empty()) {
        Some(folder) => sync(folder).map_err(of_file(folder)),
        None => Ok(()),
    }
}

fn of_file(file: &Path) -> impl FnOnce(io::Error) -> BackupError + use<> {
    let file = file.to_owned();
    |source| BackupError::File { file, source }
}

/// What came of putting a copy back.
#[derive(Debug, PartialEq, Eq)]
pub struct Restored {
    /// How many escrowed secrets there are in it, each with its key in place.
    pub secrets: u64,
    /// Where what the server remembered of having signed last is now; `None` where it remembered nothing.
    pub put_aside: Option<PathBuf>,
}

/// Puts the copy in `folder` in the place of a server's database, which must not be there. Before that every escrowed secret in it
/// is held against the keys that the server has. What the server remembers of having signed last is put aside: the copy may be older.
///
/// # Errors
/// When a database is there, there is no copy, or a secret in it, or its audit log, needs a key that is missing. Then nothing was
/// changed.
pub async fn restore(config: &ServerConfig, folder: &Path) -> Result<Restored, BackupError> {
    // What a database that was moved away has left would be played into the one that comes.
    for of in files_of(&config.database) {
        if of.exists() {
            return Err(BackupError::InTheWay(of));
        }
    }
    let copy = folder.join(DATABASE);
    if !copy.exists() {
        return Err(BackupError::NotThere(copy));
    }
    let arriving = config.database.with_added_extension("arriving");
    remove_all(&arriving);
    let arrived = arrive(&copy, &arriving, config).await;
    let placed = arrived.and_then(|secrets| {
        let put_aside = audit::key::forget_last_signed(&config.audit_key)?;
        take_its_place(&arriving, &config.database)?;
        Ok(Restored { secrets, put_aside })
    });
    remove_all(&arriving);
    placed
}

/// Brings the copy to where it is to be, looks whether it is whole, brings it up to date and holds its secrets against the keys. The
/// copy itself is only read.
async fn arrive(copy: &Path, arriving: &Path, config: &ServerConfig) -> Result<u64, BackupError> {
    let mut from = File::open(copy).map_err(of_file(copy))?;
    let mut to = File::create(arriving).map_err(of_file(arriving))?;
    io::copy(&mut from, &mut to).map_err(of_file(arriving))?;
    if !Store::is_sound(arriving).await {
        return Err(BackupError::Damaged(copy.to_owned()));
    }
    let store = Store::open(arriving).await?;
    let checked = check(&store, config).await;
    store.close().await;
    checked
}

/// A database, and what it has beside it while it is in use.
fn files_of(database: &Path) -> [PathBuf; 3] {
    let beside = |ending: &str| {
        let mut file = database.as_os_str().to_owned();
        file.push(ending);
        PathBuf::from(file)
    };
    [database.to_owned(), beside("-wal"), beside("-shm")]
}

fn remove_all(database: &Path) {
    for file in files_of(database) {
        let _ = fs::remove_file(file);
    }
}

/// How many secrets there are, when for each of them there is the key that it needs.
async fn check(store: &Store, config: &ServerConfig) -> Result<u64, BackupError> {
    audit::key::check(store, &config.audit_key).await?;
    let keys_file = config.escrow_keys.as_path();
    let counts = store::escrow::count_by_wrapping(store).await?;
    let all: u64 = counts.iter().map(|(_, keys)| keys).sum();
    if all == 0 {
        return Ok(0);
    }
    let there = if keys_file.exists() {
        EscrowKeys::open(keys_file, all, Entropy::of_the_system())?.ids()?
    } else {
        Vec::new()
    };
    match counts.into_iter().find(|(key, _)| !there.contains(key)) {
        None => Ok(all),
        Some((key, missing)) => Err(BackupError::KeyMissing {
            key,
            missing,
            all,
            file: keys_file.to_owned(),
        }),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::{FakeMac, TestApp, healthy_mac};

    const KEY: &str = "ABCD-2345-EFGH-6789-JKLM-NPQR";

    /// How a server runs whose files lie where those of a test's server do.
    fn server_in(folder: &Path) -> ServerConfig {
        let listen = "127.0.0.1:0".parse().unwrap();
        ServerConfig {
            escrow_keys: folder.join("escrow.keys"),
            audit_key: folder.join("audit.key"),
            ..ServerConfig::new(listen, folder.join(DATABASE))
        }
    }

    #[tokio::test]
    async fn what_was_escrowed_opens_on_a_server_that_was_restored_and_not_without_its_keys() {
        let app = TestApp::start().await;
        let mac = app.enrolled(FakeMac::new(1, healthy_mac())).await;
        mac.escrow_key(&app, 1, KEY).await;
        let database = app.database_files().remove(0);
        let running = server_in(database.parent().unwrap());
        let folder = tempfile::tempdir().unwrap();
        let copies = folder.path().join("copy");
        back_up(&running, &copies).await.unwrap();
        let copy = fs::read(copies.join(DATABASE)).unwrap();
        let twice = back_up(&running, &copies).await;
        assert!(matches!(twice, Err(BackupError::InTheWay(_))));
        // What comes after the copy is not in it.
        mac.escrow_key(&app, 2, "ZYXW-9876-VUTR-5432-QPNM-LKJH").await;

        let other = tempfile::tempdir().unwrap();
        let config = server_in(other.path());
        let refused = restore(&config, &copies).await;
        assert!(
            matches!(
                refused,
                Err(BackupError::KeyMissing {
                    missing: 1,
                    all: 1,
                    ..
                })
            ),
            "{refused:?}"
        );
        assert!(!config.database.exists());
        assert_eq!(
            fs::read(copies.join(DATABASE)).unwrap(),
            copy,
            "the copy is only read"
        );
        fs::copy(&running.escrow_keys, &config.escrow_keys).unwrap();
        assert_eq!(restore(&config, &copies).await.unwrap().secrets, 1);
        let again = restore(&config, &copies).await;
        assert!(matches!(again, Err(BackupError::InTheWay(_))));

        let restored = TestApp::start_in(other).await;
        let path = format!("/api/v1/devices/{}/recovery-key", mac.id());
        let kept = restored.get(&path).await.expect(200);
        assert_eq!(kept["versions"].as_array().unwrap().len(), 1);
        let body = serde_json::json!({ "reason": "drill" });
        let shown = restored.post(format!("{path}/reveal"), &body).await.expect(200);
        assert_eq!(shown["secret"], KEY);
    }

    #[tokio::test]
    async fn what_is_no_whole_copy_is_not_restored() {
        let app = TestApp::start().await;
        let running = server_in(app.file(DATABASE).parent().unwrap());
        let folder = tempfile::tempdir().unwrap();
        let copies = folder.path().join("copy");
        back_up(&running, &copies).await.unwrap();
        let whole = fs::read(copies.join(DATABASE)).unwrap();
        let config = server_in(folder.path());
        let broken = [
            Vec::new(),
            whole[..whole.len() / 2].to_vec(),
            b"not a database".repeat(1000),
        ];
        for bytes in broken {
            fs::write(copies.join(DATABASE), &bytes).unwrap();
            let refused = restore(&config, &copies).await;
            assert!(matches!(refused, Err(BackupError::Damaged(_))), "{refused:?}");
            let left: Vec<_> = fs::read_dir(folder.path()).unwrap().collect();
            assert_eq!(left.len(), 1, "{left:?}");
        }
        fs::write(copies.join(DATABASE), &whole).unwrap();
        assert_eq!(restore(&config, &copies).await.unwrap().secrets, 0);
    }

    #[tokio::test]
    async fn what_an_older_database_left_beside_it_is_in_the_way() {
        let app = TestApp::start().await;
        let running = server_in(app.file(DATABASE).parent().unwrap());
        let folder = tempfile::tempdir().unwrap();
        let copies = folder.path().join("copy");
        back_up(&running, &copies).await.unwrap();
        let config = server_in(folder.path());
        let left = folder.path().join("bestow.db-wal");
        fs::write(&left, b"of another one").unwrap();
        let refused = restore(&config, &copies).await;
        assert!(
            matches!(&refused, Err(BackupError::InTheWay(file)) if *file == left),
            "{refused:?}"
        );
    }

    #[tokio::test]
    async fn a_copy_that_failed_leaves_nothing_in_the_way_of_the_next() {
        let folder = tempfile::tempdir().unwrap();
        let config = server_in(folder.path());
        let copies = folder.path().join("copy");
        fs::write(&config.database, b"not a database".repeat(1000)).unwrap();
        assert!(back_up(&config, &copies).await.is_err());
        assert!(!copies.exists());
    }
}
