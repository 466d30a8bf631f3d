//! `GET /api/v1/resilience`: how well the fleet stands, and how that has changed day by day.

use axum::Json;
use axum::extract::State;
use serde::Serialize;
use store::resilience::Day;
use trust::id::OrganizationId;
use trust::resilience::{Fleet, Warning, average, fleet};
use trust::time::Timestamp;
use utoipa::ToSchema;

use crate::app::{App, SharedApp};
use crate::identity::Caller;
use crate::problem::{Problem, ProblemView};

/// How far back the days go.
const DAYS: i64 = 90;

/// Of a day, in milliseconds.
const DAY_MS: i64 = 24 * 60 * 60 * 1_000;

/// How well the fleet stands.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct FleetResilience {
    /// How many stand how well. The formula stands in the documentation.
    #[serde(flatten)]
    pub fleet: Fleet,
    /// What hangs by a thread on how many devices, the gravest first. A device with several stands in each.
    pub warnings: Vec<WarningCount>,
    /// Where the fleet stood at the end of each of the last 90 days, and stands today. Days on which nothing was noted are left out.
    pub days: Vec<DayView>,
}

/// On how many devices something hangs by a thread.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct WarningCount {
    /// What.
    pub warning: Warning,
    /// The same in a sentence about many.
    pub sentence: &'static str,
    /// How many devices.
    pub devices: u64,
}

/// Where the fleet stood on a day.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct DayView {
    /// When the day began, by UTC.
    pub day: Timestamp,
    /// Devices that had told.
    pub devices: u64,
    /// The mean of their scores, rounded.
    pub average: u8,
}

/// Tells how well the fleet stands. It costs the same for ten devices and for a hundred thousand.
#[utoipa::path(get, path = "/api/v1/resilience", tag = "devices", responses(
    (status = 200, description = "How well the fleet stands", body = FleetResilience),
    (status = "4XX", description = "A problem", body = ProblemView, content_type = "application/problem+json"),
))]
pub(crate) async fn show_resilience(
    State(app): State<SharedApp>,
    caller: Caller,
) -> Result<Json<FleetResilience>, Problem> {
    view(&app, caller.organization_id).await.map(Json)
}

/// How well the fleet of an organisation stands.
pub(crate) async fn view(app: &App, organization_id: OrganizationId) -> Result<FleetResilience, Problem> {
    let counts = store::resilience::counts(&app.store, organization_id).await?;
    let now = fleet(&counts.scores);
    let today = today(app);
    let mut days: Vec<DayView> = store::resilience::days(&app.store, organization_id, today - DAYS)
        .await?
        .into_iter()
        .filter(|noted| noted.day < today)
        .filter_map(of_day)
        .collect();
    days.extend(now.average.map(|average| DayView {
        day: Timestamp(today * DAY_MS),
        devices: now.devices,
        average,
    }));
    let warning = |(warning, devices): (Warning, u64)| WarningCount {
        warning,
        sentence: warning.of_many(),
        devices,
    };
    Ok(FleetResilience {
        fleet: now,
        warnings: counts.warnings.into_iter().map(warning).collect(),
        days,
    })
}

fn of_day(noted: Day) -> Option<DayView> {
    Some(DayView {
        day: Timestamp(noted.day * DAY_MS),
        devices: noted.devices,
        average: average(noted.devices, noted.score_sum)?,
    })
}

fn today(app: &App) -> i64 {
    app.now().as_millis().div_euclid(DAY_MS)
}

/// Notes where each fleet stands today. What is noted last before midnight is what the day is remembered by.
pub(crate) async fn note_today(app: &App) -> Result<(), Problem> {
    Ok(store::resilience::note_day(&app.store, today(app)).await?)
}

#[cfg(test)]
mod tests;
