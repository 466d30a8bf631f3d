//! One action in the journal.

use serde::{Deserialize, Serialize};
use trust::outcome::{Evidence, Outcome};
use trust::time::Timestamp;
use wire::agent_api::Offer;

/// One action that has no acknowledged end yet. The secrets in the offer are sealed; the journal holds no clear one.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Entry {
    /// The action as it came.
    pub offer: Offer,
    /// How far it has come.
    pub stage: Stage,
}

/// How far an action has come. Each stage is on the disk before anything that belongs to the next one happens.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(tag = "stage", rename_all = "snake_case")]
pub enum Stage {
    /// It has arrived. The server may still cancel it.
    Accepted,
    /// The server agreed that it begins. Nothing on the Mac has been changed.
    Started,
    /// It was tried in vain, and nothing on the Mac was touched. It is tried again.
    Again {
        /// How often it was tried.
        tries: u32,
        /// Not before this.
        at: Timestamp,
        /// What was seen in these tries.
        evidence: Vec<Evidence>,
    },
    /// A tool that changes the Mac may have run. What has come of it only the Mac knows.
    Acting,
    /// It has ended; the server has not acknowledged that yet.
    Done {
        /// How it ended.
        outcome: Outcome,
    },
}
