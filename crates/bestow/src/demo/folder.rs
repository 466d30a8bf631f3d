//! The demo's folder: the server's data, one directory per simulated Mac, and our own program under other names.

use std::fs::{self, File};
use std::io;
use std::os::unix::fs::symlink;
use std::path::{Path, PathBuf};

use anyhow::Context as _;
use tempfile::TempDir;

use crate::exit::Failure;
use crate::program::{AGENT, BESTOW, MACSIM};

/// Marks a folder as a demo's own, and is locked as long as one runs in it.
const MARK: &str = "bestow-demo.lock";

/// The demo's folder while a demo runs in it.
#[derive(Debug)]
pub struct Folder {
    path: PathBuf,
    /// Removes the folder when the demo ends, if nobody asked for a place of his own.
    temporary: Option<TempDir>,
    /// Held as long as the demo runs.
    _lock: File,
}

impl Folder {
    /// Takes the folder at `path`, or a fresh one that vanishes with the demo.
    pub fn open(path: Option<PathBuf>) -> Result<Self, Failure> {
        let temporary = match path {
            Some(_) => None,
            None => Some(
                tempfile::Builder::new()
                    .prefix("bestow-demo-")
                    .tempdir()
                    .context("make a folder")?,
            ),
        };
        let path = match (&path, &temporary) {
            (Some(path), _) => path.as_path(),
            (None, Some(temporary)) => temporary.path(),
            (None, None) => Path::new("."),
        };
        refuse_what_is_not_ours(path)?;
        let prepare = || -> io::Result<(PathBuf, File)> {
            fs::create_dir_all(path)?;
            let path = path.canonicalize()?;
            let lock = File::create(path.join(MARK))?;
            Ok((path, lock))
        };
        let (path, lock) = prepare().with_context(|| format!("prepare {}", path.display()))?;
        if lock.try_lock().is_err() {
            return Err(Failure::usage(format!(
                "Another demo runs in {}.",
                path.display()
            )));
        }
        let folder = Self {
            path,
            temporary,
            _lock: lock,
        };
        folder.link_programs()?;
        Ok(folder)
    }

    /// Where it is.
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// The agent's program.
    pub fn agent(&self) -> PathBuf {
        self.programs().join(AGENT)
    }

    /// The simulator's program.
    pub fn macsim(&self) -> PathBuf {
        self.programs().join(MACSIM)
    }

    /// The directory of the simulated Mac called `name`.
    pub fn mac(&self, name: &str) -> PathBuf {
        self.path.join("macs").join(name)
    }

    /// Whether it vanishes with the demo.
    pub fn is_temporary(&self) -> bool {
        self.temporary.is_some()
    }

    /// The server's database.
    pub fn database(&self) -> PathBuf {
        self.path.join("bestow.db")
    }

    /// The server's log.
    pub fn server_log(&self) -> PathBuf {
        self.path.join("server.log")
    }

    /// Where our own program lies under all its names, to be put on a `PATH`.
    pub fn programs(&self) -> PathBuf {
        self.path.join("bin")
    }

    fn link_programs(&self) -> Result<(), Failure> {
        let own = own_program()?;
        let bin = self.programs();
        fs::create_dir_all(&bin).with_context(|| format!("make {}", bin.display()))?;
        for link in [bin.join(BESTOW), self.agent(), self.macsim()] {
            match fs::remove_file(&link) {
                Err(error) if error.kind() != io::ErrorKind::NotFound => Err(error),
                _ => symlink(&own, &link),
            }
            .with_context(|| format!("make {}", link.display()))?;
        }
        Ok(())
    }
}

/// Lets a demo have a folder that is new, empty or a demo's own. What lies in another is somebody's, and stays as it is.
fn refuse_what_is_not_ours(path: &Path) -> Result<(), Failure> {
    let shown = path.display();
    let way = "Name an empty folder, one that is not there yet, or that of an earlier demo.";
    let mut entries = match fs::read_dir(path) {
        Ok(entries) => entries,
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(()),
        Err(error) if error.kind() == io::ErrorKind::NotADirectory => {
            return Err(Failure::usage(format!("--data {shown} is no folder. {way}")));
        }
        Err(error) => {
            return Err(Failure::usage(format!(
                "--data {shown} cannot be read: {error}. {way}"
            )));
        }
    };
    match entries.next().is_none() || path.join(MARK).exists() {
        true => Ok(()),
        false => Err(Failure::usage(format!(
            "--data {shown} holds other things, and a demo would mix its own with them. Nothing was changed. {way}"
        ))),
    }
}

/// The file that this program was started from.
pub fn own_program() -> Result<PathBuf, Failure> {
    let own = std::env::current_exe().and_then(|path| path.canonicalize());
    Ok(own.context("find the program's own file")?)
}
