//! A plan as the API shows it.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use store::device::Device;
use trust::action::{Action, SecretRole};
use trust::bulk::{Readiness, RunProgress};
use trust::code::Code;
use trust::id::{BulkPlanId, DeviceId};
use trust::time::Timestamp;
use utoipa::{IntoParams, ToSchema};
use wire::encoding::Bytes;

use super::KeptPlan;
use crate::app::App;
use crate::bulk_actions::prepare::Outlook;
use crate::bulk_actions::view::progress_of;
use crate::devices::plan::{CollectedView, collected};
use crate::page;
use crate::problem::Problem;

/// Which devices are wanted.
#[derive(Debug, Default, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub(crate) struct Wanted {
    /// Only those that lack this: `ready`, `needs_credential`, `needs_person` or `done`; or all of the others by
    /// `not_ready`.
    pub readiness: Option<String>,
    /// `next_cursor` of the page before, of the same plan.
    pub cursor: Option<String>,
    /// How many a page has: 1 to 500, 50 unless told.
    pub limit: Option<u32>,
}

/// What would come of a bulk run.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct BulkPlanView {
    /// Its id: `GET /api/v1/bulk-actions/plan/{id}` looks at it again. It is kept for 15 minutes after the last look, for
    /// who asked for it.
    #[schema(value_type = String, format = "uuid")]
    pub id: BulkPlanId,
    /// When it was begun.
    pub planned_at: Timestamp,
    /// How many devices lack what.
    pub counts: PlanCounts,
    /// Devices in the order of their names, each as it is now: one that has changed since may have left its group. None
    /// before the plan is complete.
    pub items: Vec<PlannedMember>,
    /// Where the next page begins; `null` on the last one.
    pub next_cursor: Option<String>,
}

/// How many devices lack what.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct PlanCounts {
    /// Whether every selected device has been planned. While it is false the counts are those so far: look again.
    pub complete: bool,
    /// The counts. What actions would come to is not known yet, and 0.
    #[serde(flatten)]
    pub counts: RunProgress,
}

impl PlanCounts {
    /// How many devices lack this.
    pub(crate) fn of(&self, readiness: Readiness) -> u64 {
        self.counts.lacking(readiness)
    }
}

/// What would come of a bulk run on one device.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct PlannedMember {
    /// The device.
    #[schema(value_type = String, format = "uuid")]
    pub device_id: DeviceId,
    /// Its name.
    pub device_name: String,
    /// Its serial number.
    pub serial_number: String,
    /// Whether its agent is connected. The action waits for one that is not.
    pub online: bool,
    /// What it lacks.
    pub readiness: Readiness,
    /// Why it would get no action.
    pub code: Option<Code>,
    /// That code in a line.
    pub code_title: Option<String>,
    /// What more there is to tell about that.
    pub detail: Option<String>,
    /// What would be asked of it, with its own values in the place of wildcards; `null` where it would get no action.
    #[schema(value_type = Option<Object>)]
    pub action: Option<Action>,
    /// The roles that secrets which were collected for it would play in that.
    pub collected: BTreeMap<SecretRole, CollectedView>,
}

/// A page of a plan.
pub(crate) async fn page_of(app: &App, plan: &KeptPlan, wanted: &Wanted) -> Result<BulkPlanView, Problem> {
    let group = Group::read(wanted.readiness.as_deref())?;
    let limit = page::limit(wanted.limit)? as usize;
    let begin: Option<usize> = page::read_cursor(wanted.cursor.as_deref())?;
    let complete = plan.is_complete()?;
    let (ids, next) = match complete {
        true => plan.devices(|readiness| group.has(readiness), begin.unwrap_or_default(), limit),
        false => (Vec::new(), None),
    };
    let mut items = Vec::with_capacity(ids.len());
    for id in ids {
        let found = store::device::find_of(&app.store, plan.organization_id, id).await?;
        if let Some(device) = found {
            let outlook = Outlook::of(app, &device, &plan.asked.order).await?;
            items.push(member(app, &device, outlook));
        }
    }
    Ok(BulkPlanView {
        id: plan.id,
        planned_at: plan.begun_at,
        counts: PlanCounts {
            complete,
            counts: progress_of(&plan.counts()),
        },
        items,
        next_cursor: next.map(|place| Bytes(place.to_string().into_bytes()).to_text()),
    })
}

/// Which devices are listed.
#[derive(Debug, Clone, Copy)]
enum Group {
    All,
    NotReady,
    Only(Readiness),
}

impl Group {
    fn read(word: Option<&str>) -> Result<Self, Problem> {
        let rule = "is `ready`, `needs_credential`, `needs_person`, `done` or `not_ready`";
        match word.unwrap_or_default() {
            "" => Ok(Self::All),
            "not_ready" => Ok(Self::NotReady),
            word => Readiness::from_word(word)
                .map(Self::Only)
                .ok_or_else(|| Problem::invalid("readiness", rule)),
        }
    }

    fn has(self, readiness: Readiness) -> bool {
        match self {
            Self::All => true,
            Self::NotReady => readiness != Readiness::Ready,
            Self::Only(wanted) => readiness == wanted,
        }
    }
}

fn member(app: &App, device: &Device, outlook: Outlook) -> PlannedMember {
    PlannedMember {
        device_id: device.id,
        device_name: device.name.clone(),
        serial_number: device.serial_number.clone(),
        online: app.is_online(device),
        readiness: outlook.readiness,
        code: outlook.code,
        code_title: outlook.code.map(|code| code.entry().title.to_owned()),
        detail: outlook.detail,
        collected: outlook
            .ready
            .as_ref()
            .map(|(resolved, _)| collected(resolved))
            .unwrap_or_default(),
        action: outlook.ready.map(|(resolved, _)| resolved.action),
    }
}
