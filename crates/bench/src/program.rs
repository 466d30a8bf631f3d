//! The programs under load, built as this one is.

use std::path::{Path, PathBuf};

use anyhow::{Context as _, bail};
use tokio::process::Command;

/// The server and the agent, as files.
#[derive(Debug, Clone)]
pub struct Programs {
    /// `bestow`, with its simulated Macs.
    pub bestow: PathBuf,
    /// `bestow-agent`, as it is shipped.
    pub agent: PathBuf,
}

impl Programs {
    /// Builds both from the sources that this program was built from, in the same profile, so that no older build is taken
    /// for this one.
    pub async fn build() -> anyhow::Result<Self> {
        let profile = own_profile()?;
        let is_release = profile.ends_with("release");
        build("bestow", is_release).await?;
        build("agent", is_release).await?;
        Self::in_folder(&profile)
    }

    /// The programs that lie in `folder`.
    pub fn in_folder(folder: &Path) -> anyhow::Result<Self> {
        // Simulated Macs lead to them from folders of their own.
        let folder = std::path::absolute(folder).context("find the programs")?;
        Ok(Self {
            bestow: folder.join("bestow"),
            agent: folder.join("bestow-agent"),
        })
    }
}

/// The folder of the profile that this program was built in. Tests and programs of one profile lie in it or below it.
fn own_profile() -> anyhow::Result<PathBuf> {
    let own = std::env::current_exe().context("find this program")?;
    let is_profile = |folder: &&Path| ["debug", "release"].iter().any(|name| folder.ends_with(name));
    let profile = own.ancestors().find(is_profile);
    Ok(profile
        .with_context(|| format!("tell the profile of {}", own.display()))?
        .to_owned())
}

/// Builds one package by itself: built together with others it would have their features as well.
async fn build(package: &str, is_release: bool) -> anyhow::Result<()> {
    let mut cargo = Command::new(std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into()));
    cargo.current_dir(env!("CARGO_MANIFEST_DIR"));
    cargo.args(["build", "--quiet", "--package", package]);
    if is_release {
        cargo.arg("--release");
    }
    let status = cargo.status().await.context("start cargo")?;
    if !status.success() {
        bail!("build {package}: cargo ended with {status}");
    }
    Ok(())
}
