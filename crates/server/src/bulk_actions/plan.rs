//! `POST /api/v1/bulk-actions/plan`: what would come of a bulk run, device by device. Sends nothing and keeps nothing.
#![expect(unused_qualifications, reason = "what utoipa writes for `params(Wanted)`")]

use axum::Json;
use axum::extract::State;
use serde::{Deserialize, Serialize};
use store::bulk_run::{MemberCount, Progress};
use store::device::Device;
use trust::bulk::Readiness;
use trust::code::Code;
use trust::id::{DeviceId, OrganizationId};
use utoipa::{IntoParams, ToSchema};

use super::input::{AskedRun, BulkInput, SecretsAre};
use super::prepare::Outlook;
use super::selector::Place;
use super::view::ProgressView;
use crate::app::{App, SharedApp};
use crate::identity::Caller;
use crate::input::{LongSecretBody, QueryOf};
use crate::page;
use crate::problem::{Problem, ProblemView};
use wire::encoding::Bytes;

/// How many devices are read at a time.
const CHUNK: u32 = 100;

/// How many devices one request plans at most.
const MOST: u64 = 5_000;

/// Which devices are wanted.
#[derive(Debug, Default, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub(crate) struct Wanted {
    /// Only those that lack this: `ready`, `needs_credential`, `needs_person` or `done`; or all of the others by
    /// `not_ready`.
    pub readiness: Option<String>,
    /// `next_cursor` of the page before.
    pub cursor: Option<String>,
    /// How many a page has: 1 to 500, 50 unless told.
    pub limit: Option<u32>,
}

/// What would come of a bulk run.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct BulkPlanView {
    /// How many devices lack what; on the first page only.
    pub counts: Option<PlanCounts>,
    /// Devices in the order of their names.
    pub items: Vec<PlannedMember>,
    /// Where the next page begins; `null` on the last one.
    pub next_cursor: Option<String>,
}

/// How many devices lack what.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct PlanCounts {
    /// Whether every selected device was planned. The first 5000 were in any case.
    pub complete: bool,
    /// The counts. What actions would come to is not known yet, and 0.
    #[serde(flatten)]
    pub counts: ProgressView,
}

impl PlanCounts {
    /// How many devices lack this.
    pub(crate) fn of(&self, readiness: Readiness) -> u64 {
        match readiness {
            Readiness::Ready => self.counts.ready,
            Readiness::NeedsCredential => self.counts.needs_credential,
            Readiness::NeedsPerson => self.counts.needs_person,
            Readiness::Done => self.counts.done,
        }
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
}

/// Plans a bulk run. Passwords are not needed; those in the body are looked at for wildcards only.
#[utoipa::path(post, path = "/api/v1/bulk-actions/plan", tag = "bulk actions", params(Wanted), request_body = BulkInput, responses(
    (status = 200, description = "The plan", body = BulkPlanView),
    (status = "4XX", description = "A problem", body = ProblemView, content_type = "application/problem+json"),
))]
pub(crate) async fn plan_bulk_action(
    State(app): State<SharedApp>,
    caller: Caller,
    QueryOf(wanted): QueryOf<Wanted>,
    body: LongSecretBody,
) -> Result<Json<BulkPlanView>, Problem> {
    let asked = AskedRun::read(&app, caller.organization_id, &body, SecretsAre::Optional).await?;
    drop(body);
    plan(&app, caller.organization_id, &asked, &wanted)
        .await
        .map(Json)
}

/// A page of the plan; the first one with the counts.
pub(crate) async fn plan(
    app: &App,
    organization_id: OrganizationId,
    asked: &AskedRun,
    wanted: &Wanted,
) -> Result<BulkPlanView, Problem> {
    let group = Group::read(wanted.readiness.as_deref())?;
    let limit = page::limit(wanted.limit)? as usize;
    let begin: Option<Place> = page::read_cursor(wanted.cursor.as_deref())?;
    let is_first = begin.is_none();
    let mut place = begin.unwrap_or_default();
    let (mut counted, mut items, mut next) = (Progress::default(), Vec::new(), None);
    let mut planned = 0;
    let complete = 'devices: loop {
        let devices = asked
            .selector
            .devices(app, organization_id, &place, CHUNK)
            .await?;
        if devices.is_empty() && asked.selector.is_behind(&place) {
            break true;
        }
        for (number, device) in devices.iter().enumerate() {
            if planned == MOST {
                break 'devices false;
            }
            planned += 1;
            let outlook = Outlook::of(app, device, &asked.order).await?;
            note(&mut counted, &outlook);
            if next.is_none() && group.has(outlook.readiness) {
                items.push(member(app, device, outlook));
                if items.len() == limit {
                    next = Some(place.behind(&devices[..=number], number + 1));
                    if !is_first {
                        break 'devices false;
                    }
                }
            }
        }
        place = place.behind(&devices, CHUNK as usize);
    };
    if !complete && next.is_none() {
        next = Some(place);
    }
    Ok(BulkPlanView {
        counts: is_first.then(|| PlanCounts {
            complete,
            counts: ProgressView::from(&counted),
        }),
        items,
        next_cursor: next.map(|place| cursor(&place)),
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

fn note(counted: &mut Progress, outlook: &Outlook) {
    let (readiness, code) = (outlook.readiness, outlook.code);
    let mut known = counted.members.iter_mut();
    match known.find(|count| count.readiness == readiness && count.code == code) {
        Some(count) => count.count += 1,
        None => counted.members.push(MemberCount {
            readiness,
            code,
            count: 1,
        }),
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
    }
}

fn cursor(place: &Place) -> String {
    Bytes(serde_json::to_vec(place).unwrap_or_default()).to_text()
}
