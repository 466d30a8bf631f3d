//! `GET /api/v1/devices/{id}/service-account`: how the service account of a device stands, why, what repairs it, and what
//! its agent did by itself.

use axum::Json;
use axum::extract::State;
use serde::Serialize;
use store::device::Device;
use trust::capability::{Ability, Able, Capability};
use trust::code::Code;
use trust::observation::{Observation, ServiceAccount};
use trust::outcome::{Evidence, TrustEdge};
use trust::service_account::policy_conflict::{Choice, ObstructingRule};
use trust::service_account::{
    self, CONSEQUENCE, Deed, DeedKind, RungStanding, Settings, Status, authorises_updates, easily_recovered,
    ladder,
};
use trust::time::Timestamp;
use utoipa::ToSchema;

use super::policy_conflict::{ChosenView, rules_of, ways};
use crate::app::{App, SharedApp};
use crate::identity::Caller;
use crate::input::PathOf;
use crate::problem::{Problem, ProblemView};

/// How many deeds are told.
const MOST_DEEDS: u32 = 50;

const NOT_SEEN: &str = "the Mac has not been seen yet";

/// The service account of a device.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct ServiceAccountView {
    /// How it stands, and why.
    #[serde(flatten)]
    pub status: Status,
    /// What people call that.
    pub label: &'static str,
    /// Whether an invalid one can be had back without a visit: an administrator of the Mac holds a token.
    pub easily_recovered: bool,
    /// What follows while it is invalid; `null` when it is not.
    pub consequence: Option<&'static str>,
    /// Whether it can authorise system updates, and why: on Apple silicon it has to own the volume.
    pub updates: Ability,
    /// The ways to repair it, the cheapest first; empty when it is not invalid.
    pub ladder: Vec<RungStanding>,
    /// Whether the Mac's password policy leaves no password for it.
    pub policy_conflict: bool,
    /// The rules that leave none together.
    pub conflicting_rules: Vec<ObstructingRule>,
    /// The ways past them.
    pub choices: Vec<Choice>,
    /// The way past them that somebody chose last, and what came of it; `null` when nobody did.
    pub chosen: Option<ChosenView>,
    /// What the organisation wants of it on this Mac.
    pub settings: Settings,
    /// Whether the Mac is excluded from having one.
    pub excluded: bool,
    /// Whether the Mac's agent goes by these settings already; `null` when it did not tell.
    pub settings_known_to_agent: Option<bool>,
    /// What the agent knows of it; `null` when it did not tell.
    pub seen: Option<ServiceAccount>,
    /// What the agent did by itself, newest first.
    pub deeds: Vec<DeedView>,
}

/// One thing that an agent did by itself.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct DeedView {
    /// What it was.
    pub kind: DeedKind,
    /// What people call it.
    pub label: &'static str,
    /// How it ended.
    pub code: Code,
    /// The code in a line.
    pub code_title: &'static str,
    /// The other account in it.
    pub account: Option<String>,
    /// What was seen on the way.
    pub evidence: Vec<Evidence>,
    /// The hand-over that took place.
    pub edge: Option<TrustEdge>,
    /// When it was over.
    pub at: Timestamp,
}

impl From<Deed> for DeedView {
    fn from(deed: Deed) -> Self {
        Self {
            kind: deed.kind,
            label: deed.kind.label(),
            code: deed.code,
            code_title: deed.code.entry().title,
            account: deed.account,
            evidence: deed.evidence,
            edge: deed.edge,
            at: deed.at,
        }
    }
}

/// Shows the service account of a device.
#[utoipa::path(get, path = "/api/v1/devices/{id}/service-account", tag = "devices", params(("id" = String, Path, description = "The device")), responses(
    (status = 200, description = "Its service account", body = ServiceAccountView),
    (status = "4XX", description = "A problem", body = ProblemView, content_type = "application/problem+json"),
))]
pub(crate) async fn show_device_service_account(
    State(app): State<SharedApp>,
    caller: Caller,
    PathOf(id): PathOf,
) -> Result<Json<ServiceAccountView>, Problem> {
    let device = super::find(&app, &caller, &id).await?;
    view(&app, &device).await.map(Json)
}

/// The service account of `device` as it stands now.
pub(crate) async fn view(app: &App, device: &Device) -> Result<ServiceAccountView, Problem> {
    let (organization_id, id) = (device.organization_id, device.id);
    let observation = store::observation::find(&app.store, id).await?;
    let settings = store::service_account_policy::settings_of(&app.store, id).await?;
    let excluded = store::service_account_policy::is_excluded(&app.store, id).await?;
    let deeds = store::deed::list(&app.store, organization_id, id, MOST_DEEDS).await?;
    let status = match &observation {
        Some(observation) => service_account::status(observation, &settings),
        None => Status::Unknown {
            why: NOT_SEEN.to_owned(),
        },
    };
    let updates = observation.as_ref().map_or_else(
        || Ability {
            capability: Capability::AuthoriseUpdates,
            able: Able::Unknown,
            because: NOT_SEEN.to_owned(),
        },
        authorises_updates,
    );
    let invalid = !status.reasons().is_empty();
    let seen = observation
        .as_ref()
        .and_then(|observation| observation.service_account.value().cloned());
    let rules = rules_of(observation.as_ref());
    let kept = store::policy_conflict_choice::find(&app.store, organization_id, id).await?;
    let of_seen = |seen: &dyn Fn(&Observation) -> Vec<RungStanding>| observation.as_ref().map(seen);
    Ok(ServiceAccountView {
        label: status.label(),
        easily_recovered: invalid && observation.as_ref().is_some_and(easily_recovered),
        consequence: invalid.then_some(CONSEQUENCE),
        updates,
        ladder: match invalid {
            true => of_seen(&|seen| ladder(seen, &settings)).unwrap_or_default(),
            false => Vec::new(),
        },
        policy_conflict: !rules.is_empty(),
        choices: ways(&rules, observation.as_ref()),
        chosen: kept.map(|kept| ChosenView::of(kept, observation.as_ref(), &settings)),
        conflicting_rules: rules,
        settings_known_to_agent: seen
            .as_ref()
            .map(|seen| seen.settings_digest.as_deref() == Some(settings.digest().as_str())),
        settings,
        excluded,
        seen,
        deeds: deeds.into_iter().map(DeedView::from).collect(),
        status,
    })
}

#[cfg(test)]
mod tests;
