//! Runs calls as real processes.
//!
//! A tool gets an absolute path, an environment of a few fixed names, and a session of its own. It is
//! stopped when it takes too long or says too much, with everything that it has started in its process group.

mod child;
mod collected;
mod screen;
mod scrub;
mod spawn;
mod supervise;
mod watch;

use std::collections::BTreeMap;
use std::ffi::{OsStr, OsString};
use std::path::{Path, PathBuf};
use std::time::Duration;

use crate::{Answer, Call, RunError, Runner, Tool};

/// Runs Apple's tools below a root folder: `/` on a Mac, the folder of a simulated Mac elsewhere.
#[derive(Clone, Debug)]
pub struct ProcessRunner {
    root: PathBuf,
    environment: BTreeMap<OsString, OsString>,
    patience: Patience,
}

/// How long the runner waits for what should come at once.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Patience {
    /// From the polite signal to the deadly one.
    pub(crate) to_obey: Duration,
    /// From the end of the tool to the end of its output, which another process may hold open.
    pub(crate) to_fall_silent: Duration,
}

impl ProcessRunner {
    /// A runner of the tools below `root`. A relative path counts from the folder in which we are now.
    pub fn new(root: impl Into<PathBuf>) -> Self {
        let fixed = [
            ("PATH", "/usr/bin:/bin:/usr/sbin:/sbin"),
            // Apple's tools translate nothing by this; it only lets the BSD ones print names as they are.
            ("LANG", "en_US.UTF-8"),
            ("LC_ALL", "en_US.UTF-8"),
            ("TERM", "dumb"),
        ];
        let root = root.into();
        Self {
            // The tools start in another folder, from which a relative path would lead elsewhere.
            root: std::path::absolute(&root).unwrap_or(root),
            environment: fixed
                .into_iter()
                .map(|(name, value)| (name.into(), value.into()))
                .collect(),
            patience: Patience {
                to_obey: Duration::from_secs(2),
                to_fall_silent: Duration::from_secs(1),
            },
        }
    }

    /// Lets the tools see this variable of our own environment, as it is now. Does nothing when it is not set.
    #[must_use]
    pub fn pass_env(self, name: &str) -> Self {
        match std::env::var_os(name) {
            Some(value) => self.set_env(name, value),
            None => self,
        }
    }

    /// Lets the tools see this variable with this value. Never a secret: others can read it.
    #[must_use]
    pub fn set_env(mut self, name: impl AsRef<OsStr>, value: impl AsRef<OsStr>) -> Self {
        self.environment
            .insert(name.as_ref().into(), value.as_ref().into());
        self
    }

    /// Sets how long a tool that was asked to end may take before it is killed.
    #[must_use]
    pub fn grace(mut self, grace: Duration) -> Self {
        self.patience.to_obey = grace;
        self
    }

    /// Where a tool is.
    pub fn path_of(&self, tool: Tool) -> PathBuf {
        self.root.join(tool.path().trim_start_matches('/'))
    }

    /// The root folder.
    pub fn root(&self) -> &Path {
        &self.root
    }
}

impl Runner for ProcessRunner {
    fn run(&self, call: &Call) -> Result<Answer, RunError> {
        let (child, io) = spawn::spawn(&self.path_of(call.tool), &self.environment, call)?;
        supervise::supervise(child, io, call, self.patience)
    }
}
