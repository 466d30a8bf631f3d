//! What is kept of a Mac, as it is shown: everything but the secrets.

use serde::Serialize;
use store::device::Device;
use store::escrow::Line;
use trust::escrow::{EscrowKind, Origin, Standing, State, Version, What, history};
use trust::time::Timestamp;
use utoipa::ToSchema;

use super::line;
use crate::app::App;
use crate::problem::Problem;

/// What is kept of a Mac's secrets of one kind, without the secrets.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct EscrowView {
    /// What is known of the one that the Mac has now.
    pub state: State,
    /// The same in a sentence.
    pub summary: &'static str,
    /// The version that is the Mac's, as far as is known.
    pub version: Option<u32>,
    /// When that one was last proved on the Mac.
    pub proved_at: Option<Timestamp>,
    /// From when on the Mac is to have another one, because this one was shown.
    pub rotate_after: Option<Timestamp>,
    /// Every version that was ever kept, newest first.
    pub versions: Vec<VersionView>,
}

/// One version.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct VersionView {
    /// Its number, from 1.
    pub version: u32,
    /// Where it came from.
    pub origin: Origin,
    /// The same for people.
    pub origin_label: &'static str,
    /// When it was escrowed.
    pub escrowed_at: Timestamp,
    /// When it was last proved on the Mac.
    pub proved_at: Option<Timestamp>,
    /// Since when it is not the current one; `null` for the current one.
    pub ended_at: Option<Timestamp>,
    /// What ended it.
    pub ended_by: Option<What>,
    /// The same for people.
    pub ended_label: Option<&'static str>,
    /// When it was shown, and to whom, oldest first.
    pub revealed: Vec<RevealedView>,
    /// When its secret was destroyed; `null` for one that is kept.
    pub destroyed_at: Option<Timestamp>,
}

/// That a version was shown.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct RevealedView {
    /// When.
    pub at: Timestamp,
    /// To whom, such as `person:grace`.
    pub by: String,
}

impl EscrowView {
    fn of(kind: EscrowKind, standing: Standing, versions: Vec<Version>) -> Self {
        Self {
            state: standing.state,
            summary: standing.sentence(kind),
            version: standing.current,
            proved_at: standing.proved_at,
            rotate_after: standing.replaced_after(kind),
            versions: versions.into_iter().rev().map(VersionView::from).collect(),
        }
    }
}

impl From<Version> for VersionView {
    fn from(version: Version) -> Self {
        Self {
            version: version.version,
            origin: version.origin,
            origin_label: version.origin.label(),
            escrowed_at: version.escrowed_at,
            proved_at: version.proved_at,
            ended_at: version.ended.map(|ended| ended.at),
            ended_by: version.ended.map(|ended| ended.by),
            ended_label: version.end_label(),
            revealed: version
                .revealed
                .into_iter()
                .map(|(at, by)| RevealedView { at, by })
                .collect(),
            destroyed_at: version.destroyed_at,
        }
    }
}

/// What is kept of a device.
pub(crate) async fn view(app: &App, device: &Device, kind: EscrowKind) -> Result<EscrowView, Problem> {
    view_of(app, line(device, kind)).await
}

/// What is kept in a line.
pub(crate) async fn view_of(app: &App, line: Line<'_>) -> Result<EscrowView, Problem> {
    let standing = store::escrow::standing(&app.store, line).await?;
    let events = store::escrow::history(&app.store, line).await?;
    Ok(EscrowView::of(line.kind, standing, history(&events)))
}
