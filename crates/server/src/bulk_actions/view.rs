//! A bulk run as the API shows it. It never holds a secret.

use serde::{Deserialize, Serialize};
use store::bulk_run::{ActionCount, BulkRun, NewBulkRun, Progress};
use trust::action::{ActionState, ActionTemplate};
use trust::bulk::{Canary, Readiness, RunState};
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
    pub progress: ProgressView,
}

/// How many devices of a run stand where. Those that got an action are counted by its state, the others by what they lack.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub(crate) struct ProgressView {
    /// All of them.
    pub devices: u64,
    /// Those that got an action.
    pub ready: u64,
    /// Those that need other credentials.
    pub needs_credential: u64,
    /// Those that need a person.
    pub needs_person: u64,
    /// Those that had already what is asked for.
    pub done: u64,
    /// Actions that the run holds back.
    pub held: u64,
    /// Released, and not shown to their agents yet.
    pub queued: u64,
    /// Shown to their agents.
    pub offered: u64,
    /// Begun.
    pub running: u64,
    /// Done, and proved.
    pub succeeded: u64,
    /// Tried, and it did not come about.
    pub failed: u64,
    /// Declined by their agents.
    pub refused: u64,
    /// Out of time.
    pub expired: u64,
    /// Called back.
    pub cancelled: u64,
    /// How many came to which code, of actions that have ended and of devices that got none; the most first.
    pub codes: Vec<CodeCount>,
}

/// How many devices came to a code.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub(crate) struct CodeCount {
    /// The code.
    pub code: Code,
    /// The code in a line.
    pub title: String,
    /// How many.
    pub count: u64,
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
            progress: ProgressView::from(progress),
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
            progress: ProgressView::default(),
        }
    }
}

impl From<&Progress> for ProgressView {
    fn from(progress: &Progress) -> Self {
        let mut view = Self::default();
        for member in &progress.members {
            view.devices += member.count;
            *view.of_readiness(member.readiness) += member.count;
            if let Some(code) = member.code {
                view.note(code, member.count);
            }
        }
        for action in &progress.actions {
            *view.of_action(action) += action.count;
            if let Some(code) = action.code {
                view.note(code, action.count);
            }
        }
        view.codes
            .sort_by_key(|counted| (std::cmp::Reverse(counted.count), counted.code));
        view
    }
}

impl ProgressView {
    fn of_readiness(&mut self, readiness: Readiness) -> &mut u64 {
        match readiness {
            Readiness::Ready => &mut self.ready,
            Readiness::NeedsCredential => &mut self.needs_credential,
            Readiness::NeedsPerson => &mut self.needs_person,
            Readiness::Done => &mut self.done,
        }
    }

    fn of_action(&mut self, action: &ActionCount) -> &mut u64 {
        match action.state {
            ActionState::Queued if action.held => &mut self.held,
            ActionState::Queued => &mut self.queued,
            ActionState::Offered => &mut self.offered,
            ActionState::Running => &mut self.running,
            ActionState::Succeeded => &mut self.succeeded,
            ActionState::Failed => &mut self.failed,
            ActionState::Refused => &mut self.refused,
            ActionState::Expired => &mut self.expired,
            ActionState::Cancelled => &mut self.cancelled,
        }
    }

    fn note(&mut self, code: Code, count: u64) {
        match self.codes.iter_mut().find(|counted| counted.code == code) {
            Some(counted) => counted.count += count,
            None => self.codes.push(CodeCount {
                code,
                title: code.entry().title.to_owned(),
                count,
            }),
        }
    }
}
