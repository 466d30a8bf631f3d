//! The record of every call: what stood in arguments and environment, never what came by pipe or terminal.
//! A test searches it for passwords that must not be there.

use std::collections::BTreeMap;
use std::env;
use std::ffi::OsString;
use std::fs::{self, OpenOptions};
use std::io::Write;
use std::path::PathBuf;

use serde::{Deserialize, Serialize};

use super::home::{HomeError, MacHome};

/// One line of `log/calls.jsonl`. A call that is killed leaves only its first line.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "event", rename_all = "snake_case")]
pub enum CallEvent {
    /// The tool was started.
    Started {
        /// Position among all events of this Mac.
        sequence: u64,
        /// The tool's name.
        tool: String,
        /// Everything in its argument vector, its own name first.
        argv: Vec<String>,
        /// Its whole environment.
        environment: BTreeMap<String, String>,
        /// As whom it runs in the simulated Mac.
        uid: u32,
        /// Its process id.
        pid: u32,
    },
    /// It came to its end.
    Ended {
        /// Position among all events of this Mac.
        sequence: u64,
        /// The sequence of the line that recorded its start.
        started: u64,
        /// Its exit code.
        exit: u8,
    },
}

impl MacHome {
    /// All recorded events, oldest first.
    ///
    /// # Errors
    /// If the record cannot be read.
    pub fn calls(&self) -> Result<Vec<CallEvent>, HomeError> {
        let path = self.calls_path();
        let text = match fs::read_to_string(&path) {
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => return Ok(Vec::new()),
            other => other.map_err(|source| HomeError::Io {
                path: path.clone(),
                source,
            })?,
        };
        text.lines()
            .map(|line| {
                serde_json::from_str(line).map_err(|source| HomeError::State {
                    path: path.clone(),
                    source,
                })
            })
            .collect()
    }

    pub(super) fn record_start(&self, tool: &str, argv: &[OsString], uid: u32) -> Result<u64, HomeError> {
        let lossy = |text: &OsString| text.to_string_lossy().into_owned();
        self.record(|sequence| CallEvent::Started {
            sequence,
            tool: tool.to_owned(),
            argv: argv.iter().map(lossy).collect(),
            environment: env::vars_os()
                .map(|(name, value)| (lossy(&name), lossy(&value)))
                .collect(),
            uid,
            pid: std::process::id(),
        })
    }

    pub(super) fn record_end(&self, started: u64, exit: u8) -> Result<u64, HomeError> {
        self.record(|sequence| CallEvent::Ended {
            sequence,
            started,
            exit,
        })
    }

    fn record(&self, event: impl FnOnce(u64) -> CallEvent) -> Result<u64, HomeError> {
        let _lock = self.lock()?;
        let path = self.calls_path();
        let count_path = self.dir().join("log/sequence");
        let sequence = fs::read_to_string(&count_path)
            .ok()
            .and_then(|text| text.parse().ok())
            .unwrap_or(0)
            + 1;
        let mut line = serde_json::to_vec(&event(sequence)).map_err(|source| HomeError::State {
            path: path.clone(),
            source,
        })?;
        line.push(b'\n');
        let write = || {
            fs::create_dir_all(self.dir().join("log"))?;
            OpenOptions::new()
                .create(true)
                .append(true)
                .open(&path)?
                .write_all(&line)?;
            fs::write(&count_path, sequence.to_string())
        };
        write().map_err(|source| HomeError::Io {
            path: path.clone(),
            source,
        })?;
        Ok(sequence)
    }

    fn calls_path(&self) -> PathBuf {
        self.dir().join("log/calls.jsonl")
    }
}
