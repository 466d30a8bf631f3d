//! `GET /api/v1/needs-attention`: how many devices need attention, and what for.

use axum::Json;
use axum::extract::State;
use serde::Serialize;
use trust::attention::{Grace, Turn};
use trust::code::Code;
use trust::finding::{RemedyKind, Severity};
use trust::id::OrganizationId;
use utoipa::ToSchema;

use crate::app::{App, SharedApp};
use crate::identity::Caller;
use crate::problem::{Problem, ProblemView};

/// How many devices need attention, by what their list can be narrowed down to.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct AttentionCounts {
    /// For so many days after its enrolment a device is left in peace.
    #[schema(value_type = u16)]
    pub after_days: Grace,
    /// Devices that need a person now: as many as the list has.
    pub devices: u64,
    /// Devices whose agents mend what is amiss.
    pub agent: u64,
    /// Devices of which something is muted.
    pub muted: u64,
    /// Devices that are left in peace, because they are new.
    pub too_new: u64,
    /// Of those in the list, by reason, the worst first. A device with several reasons stands in each.
    pub reasons: Vec<ReasonCount>,
    /// Of those in the list, by whose turn it is, who has least to do first.
    pub turns: Vec<TurnCount>,
    /// Of those in the list, by the cheapest remedy, the cheapest first.
    pub remedies: Vec<RemedyCount>,
}

/// How many devices in the list have a reason.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct ReasonCount {
    /// The reason.
    pub reason: Code,
    /// The reason in a line.
    pub label: &'static str,
    /// How bad it is.
    pub severity: Severity,
    /// How many devices.
    pub devices: u64,
}

/// In how many devices in the list it is somebody's turn.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct TurnCount {
    /// Whose.
    pub turn: Turn,
    /// What people call it.
    pub label: &'static str,
    /// How many devices.
    pub devices: u64,
}

/// For how many devices in the list a remedy is the cheapest.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct RemedyCount {
    /// The remedy.
    pub remedy: RemedyKind,
    /// What people call it.
    pub label: &'static str,
    /// How many devices.
    pub devices: u64,
}

/// Counts the devices that need attention.
#[utoipa::path(get, path = "/api/v1/needs-attention", tag = "devices", responses(
    (status = 200, description = "How many need attention", body = AttentionCounts),
    (status = "4XX", description = "A problem", body = ProblemView, content_type = "application/problem+json"),
))]
pub(crate) async fn count_needs_attention(
    State(app): State<SharedApp>,
    caller: Caller,
) -> Result<Json<AttentionCounts>, Problem> {
    let grace = super::grace(&app, caller.organization_id).await?;
    counts(&app, caller.organization_id, grace).await.map(Json)
}

/// How many devices of an organisation need attention now, when new ones are left in peace for `grace`.
pub(crate) async fn counts(
    app: &App,
    organization_id: OrganizationId,
    grace: Grace,
) -> Result<AttentionCounts, Problem> {
    let now = app.now();
    let mut counts = store::attention::counts(&app.store, organization_id, grace.ends_for(now), now).await?;
    counts
        .reasons
        .sort_by_key(|(code, _)| (Severity::of(*code), *code));
    counts.turns.sort();
    counts.remedies.sort();
    let reason = |(code, devices): (Code, u64)| {
        Some(ReasonCount {
            reason: code,
            label: code.entry().title,
            severity: Severity::of(code)?,
            devices,
        })
    };
    let turn = |(turn, devices): (Turn, u64)| TurnCount {
        turn,
        label: turn.label(),
        devices,
    };
    let remedy = |(remedy, devices): (RemedyKind, u64)| RemedyCount {
        remedy,
        label: remedy.label(),
        devices,
    };
    Ok(AttentionCounts {
        after_days: grace,
        devices: counts.devices,
        agent: counts.agent,
        muted: counts.muted,
        too_new: counts.too_new,
        reasons: counts.reasons.into_iter().filter_map(reason).collect(),
        turns: counts.turns.into_iter().map(turn).collect(),
        remedies: counts.remedies.into_iter().map(remedy).collect(),
    })
}
