//! A simulated Mac as a directory: `mac.json` and the lock that makes concurrent tool calls safe.

use std::fs::{self, File, OpenOptions};
use std::io;
use std::path::{Path, PathBuf};

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use nix::fcntl::{Flock, FlockArg};

use crate::model::mac::Mac;

/// Where macOS leaves a recovery key for an escrow profile, in the Mac's tree.
const ESCROWED_KEY: &str = "var/db/FileVaultPRK.dat";

/// The directory of one simulated Mac.
#[derive(Clone, Debug)]
pub struct MacHome {
    dir: PathBuf,
}

/// The directory holds no usable Mac.
#[derive(Debug, thiserror::Error)]
pub enum HomeError {
    /// A file could not be read or written.
    #[error("access {}", .path.display())]
    Io {
        /// The file.
        path: PathBuf,
        /// Why.
        source: io::Error,
    },
    /// `mac.json` is not one of ours.
    #[error("read the state in {}", .path.display())]
    State {
        /// The file.
        path: PathBuf,
        /// Why.
        source: serde_json::Error,
    },
    /// There is no `mac.json`.
    #[error("{} holds no simulated Mac; `macsim new {}` makes one", .0.display(), .0.display())]
    NoMac(PathBuf),
    /// `macsim new` was pointed at a directory that is in use.
    #[error("{} holds a Mac already; name a directory that is not there yet", .0.display())]
    Exists(PathBuf),
}

impl MacHome {
    /// The Mac in `dir`; nothing is read yet.
    pub fn open(dir: impl Into<PathBuf>) -> Self {
        Self { dir: dir.into() }
    }

    /// Makes a directory for `mac`, with `root/` holding every tool at its path as a link to `program`.
    ///
    /// # Errors
    /// If the directory holds a Mac already or cannot be written.
    pub fn create(dir: impl Into<PathBuf>, mac: &Mac, program: &Path) -> Result<Self, HomeError> {
        let home = Self::open(dir);
        if home.state_path().exists() {
            return Err(HomeError::Exists(home.dir));
        }
        for part in ["log", "pause", "root"] {
            let path = home.dir.join(part);
            fs::create_dir_all(&path).map_err(|source| HomeError::Io { path, source })?;
        }
        super::install::root_tree(&home.root(), program).map_err(|source| HomeError::Io {
            path: home.root(),
            source,
        })?;
        home.save(mac)?;
        Ok(home)
    }

    /// The directory itself.
    #[must_use]
    pub fn dir(&self) -> &Path {
        &self.dir
    }

    /// The tree in which every tool lies at its absolute path on a Mac.
    #[must_use]
    pub fn root(&self) -> PathBuf {
        self.dir.join("root")
    }

    /// The Mac as it is now. Needs no lock: the state is always replaced as a whole.
    ///
    /// # Errors
    /// If there is no readable state.
    pub fn load(&self) -> Result<Mac, HomeError> {
        let path = self.state_path();
        let text = fs::read(&path).map_err(|source| match source.kind() {
            io::ErrorKind::NotFound | io::ErrorKind::NotADirectory => HomeError::NoMac(self.dir.clone()),
            _ => HomeError::Io {
                path: path.clone(),
                source,
            },
        })?;
        serde_json::from_slice(&text).map_err(|source| HomeError::State { path, source })
    }

    /// Changes the Mac while nobody else does.
    ///
    /// # Errors
    /// If the state cannot be read or written; nothing is changed then.
    pub fn change<T>(&self, apply: impl FnOnce(&mut Mac) -> T) -> Result<T, HomeError> {
        let _lock = self.lock()?;
        let mut mac = self.load()?;
        let escrowed = mac.filevault.escrowed_key.clone();
        let result = apply(&mut mac);
        self.save(&mac)?;
        if mac.filevault.escrowed_key != escrowed {
            self.leave_escrowed_key(mac.filevault.escrowed_key.as_deref())?;
        }
        Ok(result)
    }

    /// Waits until nobody else changes anything in the directory.
    pub(super) fn lock(&self) -> Result<Flock<File>, HomeError> {
        // A directory that is no Mac's gets no lock file either.
        if !self.state_path().exists() {
            return Err(HomeError::NoMac(self.dir.clone()));
        }
        let path = self.dir.join("lock");
        let file = OpenOptions::new()
            .create(true)
            .truncate(false)
            .write(true)
            .open(&path)
            .map_err(|source| HomeError::Io {
                path: path.clone(),
                source,
            })?;
        Flock::lock(file, FlockArg::LockExclusive).map_err(|(_, errno)| HomeError::Io {
            path,
            source: errno.into(),
        })
    }

    fn save(&self, mac: &Mac) -> Result<(), HomeError> {
        let path = self.state_path();
        let text = serde_json::to_vec_pretty(mac).map_err(|source| HomeError::State {
            path: path.clone(),
            source,
        })?;
        self.replace(path, &text)
    }

    /// The file in which people and programs on the Mac find it; without a key there is none.
    fn leave_escrowed_key(&self, key: Option<&str>) -> Result<(), HomeError> {
        let path = self.root().join(ESCROWED_KEY);
        let Some(message) = key.and_then(|key| STANDARD.decode(key).ok()) else {
            return fs::remove_file(&path).map_err(|source| HomeError::Io { path, source });
        };
        let folder = path.parent().unwrap_or(&self.dir);
        fs::create_dir_all(folder).map_err(|source| HomeError::Io {
            path: path.clone(),
            source,
        })?;
        self.replace(path, &message)
    }

    /// Puts a file in the place of another one, so that nobody reads half of it.
    fn replace(&self, path: PathBuf, content: &[u8]) -> Result<(), HomeError> {
        let beside = self.dir.join(format!("new.{}", std::process::id()));
        fs::write(&beside, content)
            .and_then(|()| fs::rename(&beside, &path))
            .map_err(|source| HomeError::Io { path, source })
    }

    fn state_path(&self) -> PathBuf {
        self.dir.join("mac.json")
    }
}
