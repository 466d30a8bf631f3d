//! What a change would do to one device.

use std::collections::BTreeMap;

use store::device::Device;
use trust::action::Action;
use trust::guard::{Change, Forecast, Verdict, forecast};
use trust::observation::Observation;

use super::input::Supposed;
use crate::actions::input::{AskedAction, Terms};
use crate::actions::resolve::resolve;
use crate::app::App;
use crate::problem::Problem;

/// What a change would do to one device.
pub(super) struct Outlook {
    /// What it would do, where that can be told.
    pub forecast: Option<Forecast>,
    /// The same in a line, or why it cannot be told.
    pub detail: String,
    /// Whether there is anything that the change is about.
    pub concerned: bool,
}

impl Outlook {
    /// Resolves what is supposed for the device, and asks the guard.
    pub(super) async fn of(app: &App, device: &Device, supposed: &Supposed) -> Result<Self, Problem> {
        if device.pending {
            return Ok(Self::untold("it waits for approval"));
        }
        let Some(observation) = store::observation::find(&app.store, device.id).await? else {
            return Ok(Self::untold("its agent has not told of it yet"));
        };
        let Supposed::Action(template) = supposed else {
            let change = supposed.of_every_mac();
            return Ok(change.map_or_else(
                || Self::untold(""),
                |change| Self::forecast(&change, &observation),
            ));
        };
        let asked = AskedAction {
            template: template.clone(),
            secrets: BTreeMap::new(),
            terms: Terms::default(),
        };
        match resolve(app, device, &asked).await {
            Ok(resolved) if lacks(&observation, &resolved.action) => {
                Ok(Self::of_nobody(&resolved.action, &observation))
            }
            Ok(resolved) => Ok(match Change::of_action(&resolved.action) {
                Some(change) => Self::forecast(&change, &observation),
                None => Self::untold("it does nothing to the chain"),
            }),
            Err(problem) if problem.is_of_this_mac() => Ok(Self::untold(problem.detail())),
            Err(problem) => Err(problem),
        }
    }

    fn forecast(change: &Change<'_>, observation: &Observation) -> Self {
        let forecast = forecast(change, observation);
        Self {
            detail: forecast.in_words(),
            concerned: forecast.verdict != Verdict::Safe || forecast.before != forecast.after,
            forecast: Some(forecast),
        }
    }

    /// The Mac has no such account, so nothing would be lost, and nothing done.
    fn of_nobody(action: &Action, observation: &Observation) -> Self {
        let name = action.target().map(ToString::to_string).unwrap_or_default();
        let nothing = Change::of_action(action).map(|change| forecast(&change, observation));
        Self {
            forecast: nothing,
            detail: format!("it has no account {name}"),
            concerned: false,
        }
    }

    fn untold(why: impl Into<String>) -> Self {
        Self {
            forecast: None,
            detail: why.into(),
            concerned: true,
        }
    }

    /// Whether it may be.
    pub(super) fn verdict(&self) -> Verdict {
        self.forecast
            .as_ref()
            .map_or(Verdict::CannotTell, |forecast| forecast.verdict)
    }
}

/// Whether the Mac told its accounts, and the one that the action is about is not among them.
fn lacks(observation: &Observation, action: &Action) -> bool {
    let Some(target) = action.target() else {
        return false;
    };
    observation.accounts.value().is_some() && observation.account(target.as_str()).is_none()
}
