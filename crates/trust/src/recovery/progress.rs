//! How far a Mac is on its way back, from what its agent has reported since somebody was sent to it, and what is left to see
//! to when it is back.

use serde::Serialize;

use super::{Need, Way};
use crate::escrow::{self, State, Version};
use crate::observation::Observation;
use crate::service_account::Status;
use crate::time::Timestamp;

/// A recovery that was begun.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Begun {
    /// The way that somebody was sent.
    pub way: Way,
    /// When.
    pub at: Timestamp,
    /// When the page with the steps was opened first.
    pub page_opened_at: Option<Timestamp>,
    /// Whether the Mac's agent is heard of at the moment.
    pub online: bool,
    /// When it was last heard of, by the server's clock.
    pub heard_at: Option<Timestamp>,
}

/// What has to happen one after another.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum Stage {
    /// The link to the page was made.
    LinkMade,
    /// Somebody opened the page.
    PageOpened,
    /// The Mac was heard of, and then no more, as when it leaves macOS; or it has started again.
    LeftMacos,
    /// macOS was started again.
    StartedAgain,
    /// Somebody can hand a token on.
    HolderBack,
}

/// One of them, as far as it is known.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Milestone {
    /// Which.
    pub stage: Stage,
    /// Whether it is reached.
    pub reached: bool,
    /// When, where that is known.
    pub at: Option<Timestamp>,
}

impl Stage {
    /// The stage for people, when it is reached and when it is not.
    pub fn sentence(self, reached: bool) -> &'static str {
        match (self, reached) {
            (Self::LinkMade, _) => "The link to the page for the person at the Mac was made.",
            (Self::PageOpened, true) => "The page was opened.",
            (Self::PageOpened, false) => "Nobody has opened the page yet.",
            (Self::LeftMacos, true) => "The Mac has gone silent, as it does when it leaves macOS.",
            (Self::LeftMacos, false) => "Nothing shows yet that the Mac has left macOS.",
            (Self::StartedAgain, true) => "macOS was started again, and the agent reports.",
            (Self::StartedAgain, false) => "The Mac has not come back yet.",
            (Self::HolderBack, true) => "Somebody can hand a token on: the chain is whole.",
            (Self::HolderBack, false) => "Nobody can hand a token on yet.",
        }
    }
}

/// How far a Mac is that was last seen as `seen`.
pub fn progress(begun: &Begun, seen: Option<&Observation>) -> Vec<Milestone> {
    let started = seen
        .and_then(|seen| seen.booted_at.value().copied())
        .filter(|at| *at > begun.at);
    let whole = seen.is_some_and(|seen| Need::of(seen) == Need::None);
    let milestone = |stage, reached, at| Milestone { stage, reached, at };
    let mut milestones = vec![
        milestone(Stage::LinkMade, true, Some(begun.at)),
        milestone(
            Stage::PageOpened,
            begun.page_opened_at.is_some(),
            begun.page_opened_at,
        ),
    ];
    if begun.way.leaves_macos() {
        // A Mac that was silent before anybody was sent to it tells nothing by being silent still.
        let silent = !begun.online && begun.heard_at.is_some_and(|at| at > begun.at);
        let left = started.is_some() || whole || silent;
        milestones.push(milestone(Stage::LeftMacos, left, None));
        milestones.push(milestone(
            Stage::StartedAgain,
            started.is_some() || whole,
            started,
        ));
    }
    milestones.push(milestone(Stage::HolderBack, whole, None));
    milestones
}

/// Something to see to when a Mac is back.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum Task {
    /// The service account is there and valid.
    ServiceAccount,
    /// The MDM holds a bootstrap token.
    BootstrapToken,
    /// The recovery key that was read out opens nothing any more.
    RecoveryKey,
}

/// How such a thing stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum TaskState {
    /// It is done, as the Mac shows.
    Done,
    /// It is to be done.
    Open,
    /// This Mac needs it not.
    NotNeeded,
    /// What is seen of the Mac does not tell.
    CannotTell,
}

impl TaskState {
    /// The state for people.
    pub fn label(self) -> &'static str {
        match self {
            Self::Done => "done",
            Self::Open => "to do",
            Self::NotNeeded => "not needed",
            Self::CannotTell => "cannot be seen",
        }
    }
}

/// What the vault knows of the Mac's recovery key.
#[derive(Debug, Clone, Copy)]
pub struct KeptKey<'a> {
    /// What is known of the key that the Mac has now.
    pub state: State,
    /// The version that is the Mac's, as far as is known.
    pub current: Option<&'a Version>,
    /// When somebody was shown one of its versions last.
    pub shown_at: Option<Timestamp>,
}

impl<'a> KeptKey<'a> {
    /// What the vault knows by where a line stands, and by what became of each of its versions.
    pub fn of(standing: &escrow::Standing, versions: &'a [Version]) -> Self {
        Self {
            state: standing.state,
            current: versions
                .iter()
                .find(|version| Some(version.version) == standing.current),
            shown_at: versions
                .iter()
                .flat_map(|version| &version.revealed)
                .map(|(at, _)| *at)
                .max(),
        }
    }
}

/// One thing to see to, and how it stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Aftercare {
    /// What.
    pub task: Task,
    /// How it stands.
    pub state: TaskState,
    /// What there is to say or to do, in a sentence.
    pub says: &'static str,
}

/// What is left to see to after a Mac came back: nothing of it before somebody holds.
pub fn aftercare(
    begun: &Begun,
    seen: &Observation,
    service_account: &Status,
    key: &KeptKey<'_>,
) -> Vec<Aftercare> {
    if Need::of(seen) != Need::None {
        return Vec::new();
    }
    let mut tasks = vec![of_service_account(service_account), of_bootstrap_token(seen)];
    // A key can be read out whatever way somebody was sent.
    let was_shown = key.shown_at.is_some_and(|at| at >= begun.at);
    if begun.way == Way::PersonalRecoveryKey || was_shown {
        tasks.push(of_recovery_key(begun.at, seen, key));
    }
    tasks
}

fn of_service_account(status: &Status) -> Aftercare {
    let (state, says) = match status {
        Status::Valid { .. } => (TaskState::Done, "The service account is valid."),
        Status::NotWanted { .. } => (TaskState::NotNeeded, "No service account is wanted on this Mac."),
        Status::AwaitingFirstLogin | Status::Invalid { .. } => (
            TaskState::Open,
            "It is made or mended by itself at the next login of an administrator who holds a token, where the agent is told of \
             logins. What the Mac's page offers under the finding does it now.",
        ),
        Status::Unknown { .. } => (
            TaskState::CannotTell,
            "The Mac did not tell how its service account stands.",
        ),
    };
    Aftercare {
        task: Task::ServiceAccount,
        state,
        says,
    }
}

fn of_bootstrap_token(seen: &Observation) -> Aftercare {
    let managed = seen.mdm.value().map(|mdm| mdm.enrolled);
    let token = seen.bootstrap_token.value();
    let (state, says) = match (managed, token) {
        (Some(false), _) => (TaskState::NotNeeded, "No MDM manages this Mac."),
        (_, Some(token)) if token.supported && token.escrowed => {
            (TaskState::Done, "The MDM holds a bootstrap token of this Mac.")
        }
        (_, Some(token)) if token.supported => (
            TaskState::Open,
            "macOS hands one to the MDM at the next login at the screen of somebody who holds a token.",
        ),
        (_, Some(_)) => (TaskState::NotNeeded, "The MDM takes no bootstrap token."),
        (_, None) => (
            TaskState::CannotTell,
            "The Mac did not tell whether the MDM holds a bootstrap token.",
        ),
    };
    Aftercare {
        task: Task::BootstrapToken,
        state,
        says,
    }
}

/// A new key has the same place on the disk as the old one, so that only the vault can tell them apart: the key that was read out
/// is dead when the Mac has made another since, has proved it, and nobody was shown that one.
fn of_recovery_key(begun_at: Timestamp, seen: &Observation, key: &KeptKey<'_>) -> Aftercare {
    let is_another = |version: &Version| {
        version.origin.is_fresh()
            && version.escrowed_at > begun_at
            && version.proved_at.is_some_and(|at| at > begun_at)
            && version.revealed.is_empty()
    };
    let (state, says) = if seen.security.personal_recovery_key.value() == Some(&false) {
        (TaskState::Done, "The Mac has no recovery key any more.")
    } else if key.current.is_some_and(is_another) {
        (
            TaskState::Done,
            "The Mac has made another recovery key since, and proved it: the one that was read out opens nothing any more.",
        )
    } else if key.state == State::KeyUnknown {
        (
            TaskState::Open,
            "The Mac has a recovery key that the vault does not know. Rotate the recovery key: by the service account, or by an \
             administrator who holds a token.",
        )
    } else {
        (
            TaskState::Open,
            "Rotate the recovery key, by the service account or by an administrator who holds a token: the one that was read out \
             still opens the disk.",
        )
    };
    Aftercare {
        task: Task::RecoveryKey,
        state,
        says,
    }
}
