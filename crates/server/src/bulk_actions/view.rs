//! A bulk run as the API shows it. It never holds a secret.

use std::cmp::Reverse;
use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use store::bulk_run::{BulkRun, NewBulkRun, Progress};
use trust::action::ActionTemplate;
use trust::bulk::{Canary, CodeCount, Readiness, RunProgress, RunState};
use trust::code::Code;
use trust::id::BulkRunId;
use trust::time::Timestamp;
use utoipa::ToSchema;

use super::input::KeptOrder;
use super::selector::SelectorView;
use crate::problem::Problem;

/// A bulk run.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
pub(crate) struct BulkRunView {
    /// Its id.
    #[schema(value_type = String, format = "uuid")]
    pub id: BulkRunId,
    /// Where it stands.
    pub state: RunState,
    /// Why it is stopped, cancelled or interrupted.
    pub code: Option<Code>,
    /// That code in a line.
    pub code_title: Option<String>,
    /// The kind of its actions.
    pub kind: String,
    /// Which devices were meant.
    pub selector: SelectorView,
    /// What is asked of each; names may hold wildcards.
    #[schema(value_type = Object)]
    pub action: ActionTemplate,
    /// How many devices go first, as it was asked.
    pub canary: Canary,
    /// How many these are; `null` while it is being prepared.
    pub canary_size: Option<u64>,
    /// It stops when so many of a hundred have failed or were refused.
    pub stop_at_failure_percent: u8,
    /// At most so many devices at the same time.
    pub in_flight: u64,
    /// It releases nothing before this.
    pub not_before: Option<Timestamp>,
    /// No agent begins an action of it after this.
    pub not_after: Timestamp,
    /// Why it was asked for.
    pub reason: Option<String>,
    /// When it was accepted.
    pub created_at: Timestamp,
    /// Who asked.
    pub created_by: String,
    /// When every device was planned.
    pub ready_at: Option<Timestamp>,
    /// When it was stopped last.
    pub stopped_at: Option<Timestamp>,
    /// When the last of its actions had ended.
    pub finished_at: Option<Timestamp>,
    /// How far it has come.
    pub progress: RunProgress,
}

impl BulkRunView {
    /// The run with its progress.
    pub(crate) fn new(run: &BulkRun, progress: &Progress) -> Result<Self, Problem> {
        let kept: KeptOrder = serde_json::from_str(&run.asked).map_err(|error| Problem::internal(&error))?;
        Ok(Self {
            id: run.id,
            state: run.state,
            code: run.code,
            code_title: run.code.map(|code| code.entry().title.to_owned()),
            kind: run.kind.clone(),
            selector: kept.selector,
            action: kept.action,
            canary: run.canary,
            canary_size: run.canary_size,
            stop_at_failure_percent: run.stop_at_failure_percent,
            in_flight: run.in_flight,
            not_before: run.not_before,
            not_after: run.not_after,
            reason: run.reason.clone(),
            created_at: run.created_at,
            created_by: run.created_by.clone(),
            ready_at: run.ready_at,
            stopped_at: run.stopped_at,
            finished_at: run.finished_at,
            progress: progress_of(progress),
        })
    }

    /// A run that is about to be accepted.
    pub(crate) fn of_new(new: &NewBulkRun, kept: &KeptOrder) -> Self {
        Self {
            id: new.id,
            state: RunState::Preparing,
            code: None,
            code_title: None,
            kind: new.kind.to_owned(),
            selector: kept.selector.clone(),
            action: kept.action.clone(),
            canary: new.canary,
            canary_size: None,
            stop_at_failure_percent: new.stop_at_failure_percent,
            in_flight: new.in_flight,
            not_before: new.not_before,
            not_after: new.not_after,
            reason: new.reason.clone(),
            created_at: new.request.at,
            created_by: new.request.actor.to_string(),
            ready_at: None,
            stopped_at: None,
            finished_at: None,
            progress: RunProgress::default(),
        }
    }
}

/// The counts of the store as they are shown.
pub(crate) fn progress_of(counted: &Progress) -> RunProgress {
    let mut progress = RunProgress::default();
    let mut codes: BTreeMap<(Code, Readiness), u64> = BTreeMap::new();
    for member in &counted.members {
        progress.add_devices(member.readiness, member.count);
        if let Some(code) = member.code {
            *codes.entry((code, member.readiness)).or_default() += member.count;
        }
    }
    for action in &counted.actions {
        progress.add_actions(action.state, action.held, action.count);
        if let Some(code) = action.code {
            *codes.entry((code, Readiness::Ready)).or_default() += action.count;
        }
    }
    let counted = |((code, readiness), count): ((Code, Readiness), u64)| CodeCount {
        code: code.word().to_owned(),
        title: code.entry().title.to_owned(),
        readiness: readiness.word().to_owned(),
        count,
    };
    progress.codes = codes.into_iter().map(counted).collect();
    progress.codes.sort_by_key(|counted| Reverse(counted.count));
    progress
}
