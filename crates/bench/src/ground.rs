//! Where measuring takes place: the programs, and a scratch folder with a server's data in it.

use std::fs::{self, Permissions};
use std::os::unix::fs::PermissionsExt as _;
use std::path::{Path, PathBuf};
use std::time::Duration;

use anyhow::Context as _;
use getrandom::SysRng;
use rand_core::{CryptoRng, UnwrapErr};
use tempfile::TempDir;
use tokio::sync::OnceCell;

use crate::program::Programs;
use crate::server::{Server, Transport, database};
use crate::stock::{Mixture, Stocked, fill};

/// The programs under load, and a place to run them in.
pub struct Ground {
    /// The programs.
    pub programs: Programs,
    scratch: PathBuf,
    kept: Option<PathBuf>,
    large: OnceCell<Large>,
}

/// A server's folder with many devices.
pub struct Large {
    /// The folder.
    pub site: Site,
    /// How long it took to fill it; `None` when an earlier run did.
    pub took: Option<Duration>,
}

/// A folder of one server.
pub struct Site {
    folder: PathBuf,
    bestow: PathBuf,
    /// Deletes the folder when this is dropped, unless it is kept.
    _scratch: Option<TempDir>,
}

impl Ground {
    /// Runs `programs` in new folders below `scratch`.
    pub fn new(programs: Programs, scratch: &Path) -> Self {
        Self {
            programs,
            scratch: scratch.to_owned(),
            kept: None,
            large: OnceCell::new(),
        }
    }

    /// Keeps the folder with many devices below `folder`, for later runs: filling takes minutes.
    pub fn keeping(self, folder: &Path) -> Self {
        let kept = Some(folder.to_owned());
        Self { kept, ..self }
    }

    /// A folder with `count` devices. It is filled once; whoever asks first says how many.
    pub async fn large(&self, count: u32) -> anyhow::Result<&Large> {
        self.large.get_or_try_init(|| self.find_or_fill(count)).await
    }

    async fn find_or_fill(&self, count: u32) -> anyhow::Result<Large> {
        let kept = self
            .kept
            .as_ref()
            .map(|kept| kept.join(format!("{count}-devices")));
        let bestow = self.programs.bestow.clone();
        if let Some(folder) = kept.clone().filter(|folder| folder.exists()) {
            let (_scratch, took) = (None, None);
            let site = Site {
                folder,
                bestow,
                _scratch,
            };
            return Ok(Large { site, took });
        }
        let mut site = self.site()?;
        let took = Some(site.fill_with(count, &Mixture::make(), drop).await?);
        if let Some(folder) = kept {
            // What is there under this name is filled to the end.
            fs::rename(&site.folder, &folder).with_context(|| format!("keep {}", folder.display()))?;
            site = Site {
                folder,
                bestow,
                _scratch: None,
            };
        }
        Ok(Large { site, took })
    }

    /// A folder for a new server.
    pub fn site(&self) -> anyhow::Result<Site> {
        let folder =
            TempDir::with_prefix_in("bestow-bench-", &self.scratch).context("make a scratch folder")?;
        let data = folder.path().join("data");
        fs::create_dir(&data).context("make the server's folder")?;
        fs::set_permissions(&data, Permissions::from_mode(0o700))
            .context("make the server's folder private")?;
        Ok(Site {
            folder: folder.path().to_owned(),
            bestow: self.programs.bestow.clone(),
            _scratch: Some(folder),
        })
    }
}

impl Site {
    /// The folder.
    pub fn folder(&self) -> &Path {
        &self.folder
    }

    /// Puts `count` devices into the database, while no server runs, and answers them.
    pub async fn fill(&self, count: u32, mixture: &Mixture) -> anyhow::Result<Vec<Stocked>> {
        let mut devices = Vec::new();
        self.fill_with(count, mixture, |device| devices.push(device))
            .await?;
        Ok(devices)
    }

    /// The same, for as many that they should not all be in memory: each is handed to `keep`. Answers how long it took.
    async fn fill_with(
        &self,
        count: u32,
        mixture: &Mixture,
        keep: impl FnMut(Stocked),
    ) -> anyhow::Result<Duration> {
        let filled = fill(&database(self.folder()), count, mixture, &mut rng(), keep).await?;
        eprintln!(
            "filled the store with {count} devices and {} waiting actions in {:.1} s",
            filled.actions,
            filled.took.as_secs_f64()
        );
        Ok(filled.took)
    }

    /// Starts the server.
    pub async fn start(&self, transport: Transport) -> anyhow::Result<Server> {
        Server::start(&self.bestow, self.folder(), transport).await
    }
}

/// The operating system's randomness.
pub fn rng() -> impl CryptoRng {
    UnwrapErr(SysRng)
}
