//! A line of the vault, as it is shown: everything but the secrets.

use serde::Serialize;
use store::escrow::KeptLine;
use trust::escrow::{EscrowKind, Event, Retention, Standing, State, What};
use trust::id::{DeviceId, OrganizationId};
use trust::time::Timestamp;
use utoipa::ToSchema;

use crate::app::App;
use crate::escrow::view::{EscrowView, view_of};
use crate::problem::Problem;

/// A line of the vault, without its secrets.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct VaultLineView {
    /// The serial number of the Mac.
    pub serial_number: String,
    /// What is kept in it.
    pub kind: EscrowKind,
    /// The Mac's device; `null` when there is none of the serial number.
    #[schema(value_type = Option<String>, format = "uuid")]
    pub device_id: Option<DeviceId>,
    /// How the Mac was called when it was forgotten last.
    pub device_name: Option<String>,
    /// What is known of the secret that the Mac has.
    pub state: State,
    /// How many versions are kept.
    pub versions_kept: u32,
    /// How many versions were destroyed.
    pub versions_destroyed: u32,
    /// Since when the Mac is forgotten; `null` for one that is there, and for one whose line has no device for another reason.
    pub forgotten_at: Option<Timestamp>,
    /// When the secrets are destroyed; `null` for never, as long as nothing else happens.
    pub kept_until: Option<Timestamp>,
    /// Since when a legal hold keeps everything.
    pub held_since: Option<Timestamp>,
}

/// A line of the vault with what happened to it.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct VaultLineDetail {
    /// The line.
    #[serde(flatten)]
    pub line: VaultLineView,
    /// What is kept in it.
    pub escrow: EscrowView,
    /// Who decided to forget the Mac, have everything kept, or destroyed it, when and why, oldest first.
    pub decisions: Vec<DecisionView>,
}

/// Something that was decided about a line.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct DecisionView {
    /// What.
    pub what: What,
    /// The same for people.
    pub label: &'static str,
    /// Up to which version it was carried out, of secrets that were destroyed.
    pub version: Option<u32>,
    /// When.
    pub at: Timestamp,
    /// By whom, such as `person:grace`.
    pub by: String,
    /// Why.
    pub reason: Option<String>,
}

impl VaultLineView {
    pub(super) fn of(kept: KeptLine, retention: Retention) -> Self {
        let standing: Standing = kept.standing;
        Self {
            device_id: kept.has_device.then_some(kept.device_id),
            serial_number: kept.serial_number,
            kind: kept.kind,
            device_name: kept.device_name,
            state: standing.state,
            versions_kept: standing.latest - standing.destroyed,
            versions_destroyed: standing.destroyed,
            forgotten_at: standing.forgotten_at,
            kept_until: retention.ends(&standing),
            held_since: standing.held_since,
        }
    }
}

impl DecisionView {
    fn of(event: Event) -> Option<Self> {
        Some(Self {
            what: event.what,
            label: event.what.as_decision()?,
            version: event.version,
            at: event.at,
            by: event.by,
            reason: event.reason,
        })
    }
}

/// A line with what happened to it.
pub(crate) async fn detail(
    app: &App,
    organization_id: OrganizationId,
    kept: KeptLine,
) -> Result<VaultLineDetail, Problem> {
    let retention = store::days_policy::find(&app.store, organization_id).await?.days;
    let events = store::escrow::history(&app.store, kept.line(organization_id)).await?;
    let escrow = view_of(app, kept.line(organization_id)).await?;
    Ok(VaultLineDetail {
        line: VaultLineView::of(kept, retention),
        escrow,
        decisions: events.into_iter().filter_map(DecisionView::of).collect(),
    })
}
