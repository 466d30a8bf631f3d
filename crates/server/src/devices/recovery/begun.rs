//! How far a Mac is on its way back since somebody was sent the steps.

use serde::Serialize;
use store::device::Device;
use trust::escrow::{EscrowKind, history};
use trust::observation::Observation;
use trust::recovery::{Aftercare, Begun, KeptKey, Milestone, Way, aftercare, progress};
use trust::service_account;
use trust::time::Timestamp;
use utoipa::ToSchema;

use crate::app::App;
use crate::escrow::line;
use crate::problem::Problem;

/// A recovery that was begun.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct BegunView {
    /// The way that somebody was sent.
    pub way: Way,
    /// When the link was made.
    pub begun_at: Timestamp,
    /// Until when the page can be opened.
    pub expires_at: Timestamp,
    /// What has to happen one after another, and what of it has.
    pub milestones: Vec<MilestoneView>,
    /// What is left to see to. Empty before somebody holds a token again.
    pub aftercare: Vec<Aftercare>,
}

/// One thing that has to happen.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct MilestoneView {
    /// It in a sentence, as it stands now.
    pub sentence: &'static str,
    /// Which, whether it is reached, and when.
    #[serde(flatten)]
    pub milestone: Milestone,
}

impl From<Milestone> for MilestoneView {
    fn from(milestone: Milestone) -> Self {
        Self {
            sentence: milestone.stage.sentence(milestone.reached),
            milestone,
        }
    }
}

/// How far `device` is, when somebody was sent the steps. It is told longer than the page can be opened: what is left to see to
/// does not go away by itself.
pub(crate) async fn begun(
    app: &App,
    device: &Device,
    seen: Option<&Observation>,
) -> Result<Option<BegunView>, Problem> {
    let Some(link) = store::recovery_link::latest_of_device(&app.store, device.id).await? else {
        return Ok(None);
    };
    let begun = Begun {
        way: link.way,
        at: link.created_at,
        page_opened_at: link.opened_at,
        online: app.is_online(device),
        heard_at: app.last_seen(device),
    };
    let settings = store::service_account_policy::settings_of(&app.store, device.id).await?;
    let line = line(device, EscrowKind::PersonalRecoveryKey);
    let standing = store::escrow::standing(&app.store, line).await?;
    let versions = history(&store::escrow::history(&app.store, line).await?);
    let key = KeptKey::of(&standing, &versions);
    let aftercare = seen
        .map(|seen| aftercare(&begun, seen, &service_account::status(seen, &settings), &key))
        .unwrap_or_default();
    Ok(Some(BegunView {
        way: link.way,
        begun_at: link.created_at,
        expires_at: link.expires_at,
        milestones: progress(&begun, seen)
            .into_iter()
            .map(MilestoneView::from)
            .collect(),
        aftercare,
    }))
}
