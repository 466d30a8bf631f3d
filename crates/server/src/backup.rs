//! Copies of the database, and putting one back. The keys of the vault are no part of a copy: they are kept apart from it, and
//! what comes back is held against the keys that are there.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use store::{Store, StoreError};

use crate::config::ServerConfig;
use crate::entropy::Entropy;
use crate::vault::{EscrowKeys, VaultError};

/// The database in a copy.
const DATABASE: &str = "bestow.db";

/// Why no copy was made, or none put back.
#[derive(Debug, thiserror::Error)]
pub enum BackupError {
    /// Something is there already.
    #[error("{} is there already; nothing was changed", .0.display())]
    InTheWay(PathBuf),
    /// There is no such file.
    #[error("{} is not there; nothing was changed", .0.display())]
    NotThere(PathBuf),
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
    let copy = folder.join(DATABASE);
    fs::create_dir_all(folder).map_err(|source| BackupError::File {
        file: folder.to_owned(),
        source,
    })?;
    let store = Store::open(&config.database).await?;
    let copied = store.copy_to(&copy).await;
    store.close().await;
    copied?;
    Ok(copy)
}

/// Puts the copy in `folder` in the place of a server's database, which must not be there. Before that every escrowed secret in it
/// is held against the keys that the server has. Answers how many there are.
///
/// # Errors
/// When a database is there, there is no copy, or a secret in it needs a key that is missing. Then nothing was changed.
pub async fn restore(config: &ServerConfig, folder: &Path) -> Result<u64, BackupError> {
    if config.database.exists() {
        return Err(BackupError::InTheWay(config.database.clone()));
    }
    let copy = folder.join(DATABASE);
    if !copy.exists() {
        return Err(BackupError::NotThere(copy));
    }
    let arriving = config.database.with_added_extension("arriving");
    let _ = fs::remove_file(&arriving);
    let store = Store::open(&copy).await?;
    let checked = match check(&store, &config.escrow_keys).await {
        Ok(secrets) => store
            .copy_to(&arriving)
            .await
            .map(|()| secrets)
            .map_err(Into::into),
        Err(error) => Err(error),
    };
    store.close().await;
    let secrets = checked?;
    fs::rename(&arriving, &config.database).map_err(|source| BackupError::File {
        file: config.database.clone(),
        source,
    })?;
    Ok(secrets)
}

/// How many secrets there are, when for each of them there is the key that it needs.
async fn check(store: &Store, keys_file: &Path) -> Result<u64, BackupError> {
    let counts = store::escrow::count_by_wrapping(store).await?;
    let all: u64 = counts.iter().map(|(_, keys)| keys).sum();
    if all == 0 {
        return Ok(0);
    }
    let there = if keys_file.exists() {
        EscrowKeys::open(keys_file, Entropy::of_the_system())?.ids()?
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
        fs::copy(&running.escrow_keys, &config.escrow_keys).unwrap();
        assert_eq!(restore(&config, &copies).await.unwrap(), 1);
        let again = restore(&config, &copies).await;
        assert!(matches!(again, Err(BackupError::InTheWay(_))));

        let restored = TestApp::start_in(other).await;
        let path = format!("/api/v1/devices/{}/recovery-key", mac.id());
        let kept = restored.get(&path).await.expect(200);
        assert_eq!(kept["versions"].as_array().unwrap().len(), 1);
        let body = serde_json::json!({ "reason": "drill" });
        let shown = restored.post(format!("{path}/reveal"), &body).await.expect(200);
        assert_eq!(shown["recovery_key"], KEY);
    }
}
