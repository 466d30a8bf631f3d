//! What people ask of a run: to stop, to go on, to be called back.

use store::bulk_run::{self, Asked, BulkRun};
use trust::bulk::RunState;
use trust::code::Code;

use super::view::BulkRunView;
use crate::app::App;
use crate::idempotency::IdempotencyKey;
use crate::identity::Caller;
use crate::problem::Problem;

/// What is asked of a run.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Verb {
    /// It releases nothing more until somebody continues it.
    Stop,
    /// It goes on.
    Continue,
    /// It is called back.
    Cancel,
}

impl Verb {
    fn operation(self) -> &'static str {
        match self {
            Self::Stop => "stop_bulk_action",
            Self::Continue => "continue_bulk_action",
            Self::Cancel => "cancel_bulk_action",
        }
    }

    /// Why a run that stands so cannot do it.
    fn refusal(self, run: &BulkRun) -> Code {
        match (self, run.state) {
            (Self::Stop, RunState::Preparing) => Code::BulkPreparing,
            (Self::Continue, RunState::Preparing | RunState::Running) => Code::BulkNotStopped,
            (Self::Stop | Self::Continue | Self::Cancel, _) => Code::BulkOver,
        }
    }
}

/// Asks it of the run that an address names.
pub(crate) async fn ask(
    verb: Verb,
    app: &App,
    caller: &Caller,
    id: &str,
    key: &IdempotencyKey,
    reason: Option<&str>,
) -> Result<BulkRunView, Problem> {
    let id = id.parse().map_err(|_| Problem::not_found())?;
    let request = key.request(caller, verb.operation(), &id, app.now());
    let (asked, ended) = match verb {
        Verb::Stop => bulk_run::stop(&app.store, &request, id, reason).await?,
        Verb::Continue => (
            bulk_run::resume(&app.store, &request, id, reason).await?,
            Vec::new(),
        ),
        Verb::Cancel => (
            bulk_run::cancel(&app.store, &request, id, reason).await?,
            Vec::new(),
        ),
    };
    for changed in ended {
        app.action_changed(changed);
    }
    let run = match asked {
        Asked::Done(run) => run,
        Asked::NotNow(run) => return Err(Problem::conflict(verb.refusal(&run))),
        Asked::NotFound => return Err(Problem::not_found()),
        Asked::KeyReused => return Err(Problem::conflict(Code::IdempotencyKeyReused)),
    };
    app.events.bulk(&run);
    app.runs.wake(id);
    super::show::view(app, &run).await
}
