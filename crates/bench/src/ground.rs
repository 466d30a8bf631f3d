//! Where measuring takes place: the programs, and a scratch folder with a server's data in it.

use std::fs::{self, Permissions};
use std::os::unix::fs::PermissionsExt as _;
use std::path::{Path, PathBuf};

use anyhow::Context as _;
use getrandom::SysRng;
use rand_core::{CryptoRng, UnwrapErr};
use tempfile::TempDir;
use tokio::sync::OnceCell;

use crate::program::Programs;
use crate::server::{Server, Transport, database};
use crate::stock::{Mixture, Stock, fill};

/// The programs under load, and a place to run them in.
pub struct Ground {
    /// The programs.
    pub programs: Programs,
    scratch: PathBuf,
    large: OnceCell<(Site, Stock)>,
}

/// A folder of one server, deleted with everything in it when this is dropped.
pub struct Site {
    folder: TempDir,
    bestow: PathBuf,
}

impl Ground {
    /// Runs `programs` in new folders below `scratch`.
    pub fn new(programs: Programs, scratch: &Path) -> Self {
        Self {
            programs,
            scratch: scratch.to_owned(),
            large: OnceCell::new(),
        }
    }

    /// A folder with `count` devices. It is filled once; whoever asks first says how many.
    pub async fn large(&self, count: u32) -> anyhow::Result<&(Site, Stock)> {
        let fill = async || {
            let site = self.site()?;
            let stock = site.fill(count, &Mixture::make()).await?;
            Ok((site, stock))
        };
        self.large.get_or_try_init(fill).await
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
            folder,
            bestow: self.programs.bestow.clone(),
        })
    }
}

impl Site {
    /// The folder.
    pub fn folder(&self) -> &Path {
        self.folder.path()
    }

    /// Puts `count` devices into the database, while no server runs.
    pub async fn fill(&self, count: u32, mixture: &Mixture) -> anyhow::Result<Stock> {
        let stock = fill(&database(self.folder()), count, mixture, &mut rng()).await?;
        eprintln!(
            "filled the store with {count} devices and {} waiting actions in {:.1} s",
            stock.actions,
            stock.took.as_secs_f64()
        );
        Ok(stock)
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
