//! Which devices a bulk run is for: all, those that a search of the list of devices finds, or those that are named.

use std::collections::HashSet;

use serde::{Deserialize, Serialize};
use store::device::{self, Device};
use store::resilience::Standing;
use trust::code::Code;
use trust::id::{DeviceId, OrganizationId};
use utoipa::ToSchema;

use crate::app::App;
use crate::devices::list::{chain_word, finding_code, service_account_word};
use crate::input::{FLAG, Fields, TEXT, TEXTS};
use crate::problem::Problem;

/// Which devices are meant. At least one of these is there; `all` and the lists stand alone.
// Only its schema is used.
#[derive(ToSchema)]
#[expect(dead_code, reason = "describes the body in the OpenAPI document")]
pub(crate) struct SelectorInput {
    /// Every device.
    all: Option<bool>,
    /// Those whose name, serial number, hardware UUID or model contains this.
    q: Option<String>,
    /// Those whose chain of trust is worth this, as in the list of devices.
    state: Option<String>,
    /// Those with a finding of this code.
    finding: Option<String>,
    /// Those whose service account stands like this, as in the list of devices.
    service_account: Option<String>,
    /// Those of these ids.
    device_ids: Option<Vec<String>>,
    /// Those with these serial numbers.
    serial_numbers: Option<Vec<String>>,
}

/// Which devices are meant.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(untagged)]
pub(crate) enum Selector {
    /// What a search finds; an empty one finds every device.
    Search(Search),
    /// These.
    Devices {
        /// Their ids, each once.
        device_ids: Vec<DeviceId>,
    },
}

/// A search of the list of devices.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Search {
    /// Only devices whose name, serial number, hardware UUID or model contains this.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub q: String,
    /// Only devices whose chain is worth this.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub state: Option<String>,
    /// Only devices with a finding of this code.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub finding: Option<Code>,
    /// Only devices whose service account stands like this.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub service_account: Option<String>,
}

/// A selector as it is kept with its run: those that were named are the run's members.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub(crate) struct SelectorView {
    /// What was searched for; `null` when devices were named.
    #[schema(value_type = Option<Object>)]
    pub search: Option<Search>,
    /// How many devices were named.
    pub named: Option<u64>,
}

impl From<&Selector> for SelectorView {
    fn from(selector: &Selector) -> Self {
        match selector {
            Selector::Search(search) => Self {
                search: Some(search.clone()),
                named: None,
            },
            Selector::Devices { device_ids } => Self {
                search: None,
                named: Some(device_ids.len() as u64),
            },
        }
    }
}

impl Selector {
    /// Reads a selector. Devices that are named must be there.
    pub(crate) async fn read(
        app: &App,
        organization_id: OrganizationId,
        mut fields: Fields<'_>,
    ) -> Result<Self, Problem> {
        let all = fields.optional("all", &FLAG)?.unwrap_or_default();
        let search = Search {
            q: fields.optional("q", &TEXT)?.unwrap_or_default(),
            state: chain_word(fields.optional("state", &TEXT)?)
                .map_err(|problem| problem.within("selector"))?,
            finding: finding_code(fields.optional("finding", &TEXT)?.as_deref())
                .map_err(|problem| problem.within("selector"))?,
            service_account: service_account_word(fields.optional("service_account", &TEXT)?)
                .map_err(|problem| problem.within("selector"))?,
        };
        let ids = fields.optional("device_ids", &TEXTS)?;
        let serial_numbers = fields.optional("serial_numbers", &TEXTS)?;
        fields.end()?;
        let ways = [
            all,
            search != Search::default(),
            ids.is_some(),
            serial_numbers.is_some(),
        ];
        if ways.into_iter().filter(|way| *way).count() != 1 {
            let rule = "has either `all`, or `device_ids`, or `serial_numbers`, or some of `q`, `state`, `finding` and `service_account`";
            return Err(Problem::invalid("selector", rule));
        }
        match (ids, serial_numbers) {
            (Some(ids), _) => Self::of_ids(app, organization_id, &ids).await,
            (_, Some(serial_numbers)) => devices_of_serials(app, organization_id, &serial_numbers).await,
            (None, None) => Ok(Self::Search(search)),
        }
    }

    /// The devices of these ids. Each of them must be there.
    pub(crate) async fn of_ids(
        app: &App,
        organization_id: OrganizationId,
        ids: &[String],
    ) -> Result<Self, Problem> {
        let mut found = Vec::with_capacity(ids.len());
        for (place, id) in ids.iter().enumerate() {
            let device = match id.parse() {
                Ok(id) => device::find_of(&app.store, organization_id, id).await?,
                Err(_) => None,
            };
            let Some(device) = device else {
                return Err(unknown("device_ids", place, "is the id of a device"));
            };
            found.push(device.id);
        }
        Ok(each_once(found))
    }

    /// The selected devices after those that `place` names, at most `limit`.
    pub(crate) async fn devices(
        &self,
        app: &App,
        organization_id: OrganizationId,
        place: &Place,
        limit: u32,
    ) -> Result<Vec<Device>, Problem> {
        match self {
            Self::Search(search) => {
                let page = device::Page {
                    standing: Standing::default(),
                    needing: None,
                    containing: search.q.clone(),
                    chain: search.state.clone(),
                    finding: search.finding,
                    service_account: search.service_account.clone(),
                    after: place.after.clone(),
                    limit,
                };
                Ok(device::list(&app.store, organization_id, &page).await?)
            }
            Self::Devices { device_ids } => {
                let mut found = Vec::new();
                let wanted = device_ids.iter().skip(place.passed).take(limit as usize);
                for id in wanted {
                    found.extend(device::find_of(&app.store, organization_id, *id).await?);
                }
                Ok(found)
            }
        }
    }
}

impl Selector {
    /// Whether no device that is selected comes behind `place`, where none was found.
    pub(crate) fn is_behind(&self, place: &Place) -> bool {
        match self {
            Self::Search(_) => true,
            Self::Devices { device_ids } => place.passed >= device_ids.len(),
        }
    }
}

/// How far somebody has come in the selected devices.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Place {
    /// Name in lower case and id of the last one.
    pub after: Option<(String, DeviceId)>,
    /// How many they were.
    pub passed: usize,
}

impl Place {
    /// The place behind `devices`, which came after this one.
    pub(crate) fn behind(&self, devices: &[Device], asked: usize) -> Self {
        let last = devices.last().map(|last| (last.name.to_lowercase(), last.id));
        Self {
            after: last.or_else(|| self.after.clone()),
            passed: self.passed + asked,
        }
    }
}

async fn devices_of_serials(
    app: &App,
    organization_id: OrganizationId,
    serial_numbers: &[String],
) -> Result<Selector, Problem> {
    let mut found = Vec::with_capacity(serial_numbers.len());
    for (place, serial_number) in serial_numbers.iter().enumerate() {
        let known = device::known(
            &app.store,
            organization_id,
            &serial_number.trim().to_uppercase(),
            "",
        )
        .await?;
        let Some(id) = known.first() else {
            return Err(unknown(
                "serial_numbers",
                place,
                "is the serial number of a device",
            ));
        };
        found.push(*id);
    }
    Ok(each_once(found))
}

fn unknown(list: &str, place: usize, rule: &'static str) -> Problem {
    Problem::invalid(format!("selector.{list}[{place}]"), rule)
}

fn each_once(found: Vec<DeviceId>) -> Selector {
    let mut seen = HashSet::new();
    let device_ids = found.into_iter().filter(|id| seen.insert(*id)).collect();
    Selector::Devices { device_ids }
}
