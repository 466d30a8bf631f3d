//! What an agent of the fleet does with an action, as it happens.

use std::time::Instant;

use agent::journal::{Journaled, Stage};
use trust::code::Code;
use trust::id::{ActionId, DeviceId};

/// One thing that happened to an action at its agent.
#[derive(Debug, Clone, Copy)]
pub struct Noted {
    /// The device.
    pub device: DeviceId,
    /// The action.
    pub action: ActionId,
    /// What happened.
    pub progress: Progress,
    /// When.
    pub at: Instant,
}

/// How far an action has come at its agent.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Progress {
    /// The agent has it.
    Arrived,
    /// The server agreed that it begins.
    Begun,
    /// A tool that changes the Mac may run now.
    Acting,
    /// It has ended on the Mac.
    Ended(Code),
    /// The server knows the end.
    Closed,
}

impl Progress {
    /// What recording this in the journal means.
    pub(super) fn of(what: &Journaled) -> Self {
        match what {
            Journaled::Open(entry) => match &entry.stage {
                Stage::Accepted => Self::Arrived,
                Stage::Started | Stage::Again { .. } => Self::Begun,
                Stage::Acting => Self::Acting,
                Stage::Done { outcome } => Self::Ended(outcome.code),
            },
            Journaled::Closed { .. } => Self::Closed,
        }
    }
}
