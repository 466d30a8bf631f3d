//! Holding a tool at an exact step, so that a test can end its caller there.

use std::fs;
use std::io;
use std::path::PathBuf;
use std::time::Duration;

use serde::{Deserialize, Serialize};

use super::home::MacHome;
use crate::tools::host::Stage;

/// Which step is meant.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum When {
    /// Everything is known, nothing has been changed.
    BeforeEffect,
    /// The change is stored, nothing has been said about it.
    AfterEffect,
}

/// What becomes of a held tool whose caller is gone.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Orphaned {
    /// It ends where it stands, as by a broken pipe.
    #[default]
    Ends,
    /// It stays until it is released, and then goes on.
    Stays,
}

/// A point at which the next matching call waits, once.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PausePoint {
    /// The tool's name.
    pub tool: String,
    /// An argument that must be there; `None` matches every call.
    pub arg: Option<String>,
    /// The step.
    pub when: When,
    /// If the caller goes away meanwhile.
    #[serde(default)]
    pub orphaned: Orphaned,
}

impl MacHome {
    /// Sets a pause point and returns its number.
    ///
    /// # Errors
    /// If it cannot be written.
    pub fn pause(&self, point: &PausePoint) -> io::Result<u32> {
        fs::create_dir_all(self.dir().join("pause"))?;
        let number = self.pause_numbers()?.into_iter().max().unwrap_or(0) + 1;
        fs::write(self.pause_file(number, "json"), serde_json::to_vec(point)?)?;
        Ok(number)
    }

    /// Whether a call waits (or waited) at the point.
    #[must_use]
    pub fn pause_is_reached(&self, number: u32) -> bool {
        self.pause_file(number, "reached").exists()
    }

    /// The file whose appearance says that a call waits at the point; it holds the call's process id.
    #[must_use]
    pub fn pause_reached_path(&self, number: u32) -> PathBuf {
        self.pause_file(number, "reached")
    }

    /// Lets the call at this point go on, or takes the point away if nobody came.
    ///
    /// # Errors
    /// If there is no such point or the release cannot be written.
    pub fn resume(&self, number: u32) -> io::Result<()> {
        if !self.pause_file(number, "json").exists() {
            let text = format!("there is no call held by the number {number}; `macsim pause` prints it");
            return Err(io::Error::new(io::ErrorKind::NotFound, text));
        }
        fs::write(self.pause_file(number, "release"), b"")
    }

    /// Lets every held call go on and takes every other point away.
    ///
    /// # Errors
    /// If a release cannot be written.
    pub fn resume_all(&self) -> io::Result<()> {
        self.pause_numbers()?
            .into_iter()
            .try_for_each(|number| self.resume(number))
    }

    /// Waits here if a point asks for it. Returns false if the caller went away and the tool shall end.
    pub(super) fn wait_at(
        &self,
        tool: &str,
        args: &[String],
        stage: Stage,
        caller_is_gone: &dyn Fn() -> bool,
    ) -> bool {
        let Some((number, point)) = self.claim(tool, args, stage) else {
            return true;
        };
        loop {
            if self.pause_file(number, "release").exists() {
                return true;
            }
            if point.orphaned == Orphaned::Ends && caller_is_gone() {
                return false;
            }
            #[expect(
                clippy::disallowed_methods,
                reason = "the held tool is a process of its own that nobody can signal"
            )]
            std::thread::sleep(Duration::from_millis(5));
        }
    }

    /// The first open point that matches. `reached` is made by exactly one call.
    fn claim(&self, tool: &str, args: &[String], stage: Stage) -> Option<(u32, PausePoint)> {
        let when = match stage {
            Stage::BeforeEffect => When::BeforeEffect,
            Stage::AfterEffect => When::AfterEffect,
        };
        let mut numbers = self.pause_numbers().ok()?;
        numbers.sort_unstable();
        numbers.into_iter().find_map(|number| {
            let text = fs::read(self.pause_file(number, "json")).ok()?;
            let point: PausePoint = serde_json::from_slice(&text).ok()?;
            let matches = point.tool == tool
                && point.when == when
                && point.arg.as_ref().is_none_or(|arg| args.contains(arg));
            if !matches || self.pause_file(number, "release").exists() || self.pause_is_reached(number) {
                return None;
            }
            // Written beside and linked, so that whoever sees the file sees the process id in it.
            let beside = self.pause_file(number, &format!("by-{}", std::process::id()));
            fs::write(&beside, std::process::id().to_string()).ok()?;
            let claimed = fs::hard_link(&beside, self.pause_file(number, "reached")).is_ok();
            let _ = fs::remove_file(&beside);
            claimed.then_some((number, point))
        })
    }

    fn pause_numbers(&self) -> io::Result<Vec<u32>> {
        let entries = match fs::read_dir(self.dir().join("pause")) {
            Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(Vec::new()),
            other => other?,
        };
        Ok(entries
            .filter_map(|entry| {
                entry
                    .ok()?
                    .file_name()
                    .to_str()?
                    .strip_suffix(".json")?
                    .parse()
                    .ok()
            })
            .collect())
    }

    fn pause_file(&self, number: u32, suffix: &str) -> PathBuf {
        self.dir().join("pause").join(format!("{number}.{suffix}"))
    }
}
