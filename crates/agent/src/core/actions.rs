//! The actions that the agent knows, and what each needs next.

use std::collections::BTreeMap;

use trust::id::{ActionId, DeviceId};
use trust::observation::Observation;
use trust::outcome::Outcome;
use trust::time::Timestamp;
use wire::agent_api::{Offered, Report};

use super::unknown::Unknown;
use super::{Step, retry};
use crate::journal::{Entry, Journaled, Stage};

/// One action: what is to be remembered of it, and whether the disk has it already.
#[derive(Debug)]
struct Known {
    what: Journaled,
    on_disk: bool,
}

/// Every action that the agent knows. One is carried out at a time, in the order of their ids, which is the order in
/// which they were asked for.
#[derive(Debug)]
pub(super) struct Actions {
    known: BTreeMap<ActionId, Known>,
    unknown: Unknown,
    to_forget: Vec<ActionId>,
}

impl Actions {
    pub(super) fn from_journal(remembered: Vec<Journaled>) -> Self {
        let known = remembered
            .into_iter()
            .map(|what| (id_of(&what), Known { what, on_disk: true }));
        Self {
            known: known.collect(),
            unknown: Unknown::default(),
            to_forget: Vec::new(),
        }
    }

    /// What can be done without the server. Nothing else of an action happens while it is not on the disk.
    pub(super) fn next_local_step(&mut self, now: Timestamp) -> Option<Step> {
        if let Some(id) = self.to_forget.pop() {
            return Some(Step::Forget(id));
        }
        if let Some(known) = self.known.values().find(|known| !known.on_disk) {
            return Some(Step::Record(Box::new(known.what.clone())));
        }
        self.open()
            .find(|entry| match entry.stage {
                Stage::Started | Stage::Acting => true,
                Stage::Again { at, .. } => at <= now,
                Stage::Accepted | Stage::Done { .. } => false,
            })
            .map(|entry| Step::Perform(Box::new(entry.clone())))
    }

    /// When an action is tried again, when one is. Nothing else begins before: the order in which things were asked for
    /// counts.
    pub(super) fn again_at(&self) -> Option<Timestamp> {
        self.open().find_map(|entry| match entry.stage {
            Stage::Again { at, .. } => Some(at),
            Stage::Accepted | Stage::Started | Stage::Acting | Stage::Done { .. } => None,
        })
    }

    /// What needs the server: ends are reported before anything new begins.
    pub(super) fn next_server_step(&self, seen: Option<&Observation>) -> Option<Step> {
        let report = self.open().find_map(|entry| match &entry.stage {
            Stage::Done { outcome } => {
                let report = Report {
                    outcome: outcome.clone(),
                    observation: seen.cloned(),
                };
                Some(Step::Report(entry.offer.envelope.id, Box::new(report)))
            }
            Stage::Accepted | Stage::Started | Stage::Again { .. } | Stage::Acting => None,
        });
        let report = report.or_else(|| self.unknown.next_step());
        if report.is_some() || self.again_at().is_some() {
            return report;
        }
        self.open()
            .find(|entry| entry.stage == Stage::Accepted)
            .map(|entry| Step::Start(entry.offer.envelope.id))
    }

    /// Takes in what the server offers. An id that is known, open or closed, is not taken in again.
    pub(super) fn handle_offers(&mut self, device: DeviceId, offers: Vec<Offered>, now: Timestamp) {
        for offered in offers {
            let (id, meant_for) = match &offered {
                Offered::Known(offer) => (offer.envelope.id, offer.envelope.device_id),
                Offered::Unknown(offer) => (offer.envelope.id, offer.envelope.device_id),
            };
            if meant_for != device {
                tracing::warn!(action = %id, "the server offered an action of another device");
                continue;
            }
            match offered {
                Offered::Unknown(offer) => self.unknown.refuse(offer, now),
                Offered::Known(offer) => {
                    let entry = Entry {
                        offer: *offer,
                        stage: Stage::Accepted,
                    };
                    self.known.entry(id).or_insert(Known {
                        what: Journaled::Open(Box::new(entry)),
                        on_disk: false,
                    });
                }
            }
        }
    }

    pub(super) fn handle_recorded(&mut self, what: &Journaled) {
        if let Some(known) = self.known.get_mut(&id_of(what))
            && known.what == *what
        {
            known.on_disk = true;
        }
    }

    pub(super) fn handle_started(&mut self, id: ActionId) {
        self.advance(id, Stage::Started);
    }

    /// An action has ended on the Mac, or is tried again.
    pub(super) fn handle_performed(
        &mut self,
        id: ActionId,
        outcome: Outcome,
        password_tried: bool,
        now: Timestamp,
    ) {
        let entry = self.open().find(|entry| entry.offer.envelope.id == id);
        let stage = entry.map(|entry| retry::after(entry, outcome, password_tried, now));
        if let Some(stage) = stage {
            self.advance(id, stage);
        }
    }

    /// Keeps only the id.
    pub(super) fn close(&mut self, id: ActionId) {
        self.unknown.close(id);
        if let Some(known) = self.known.get_mut(&id)
            && let Journaled::Open(entry) = &known.what
        {
            let not_after = entry.offer.envelope.not_after;
            *known = Known {
                what: Journaled::Closed { id, not_after },
                on_disk: false,
            };
        }
    }

    /// Drops closed actions that the server can never offer again, because their time is over.
    pub(super) fn forget_over(&mut self, server_time: Timestamp) {
        let over = |known: &Known| match known.what {
            Journaled::Closed { not_after, .. } => known.on_disk && not_after < server_time,
            Journaled::Open(_) => false,
        };
        let ids: Vec<ActionId> = self
            .known
            .iter()
            .filter(|(_, known)| over(known))
            .map(|(id, _)| *id)
            .collect();
        for id in &ids {
            self.known.remove(id);
        }
        self.to_forget.extend(ids);
    }

    /// Actions whose end the server has not acknowledged.
    pub(super) fn unfinished(&self) -> Vec<ActionId> {
        self.open().map(|entry| entry.offer.envelope.id).collect()
    }

    fn advance(&mut self, id: ActionId, stage: Stage) {
        if let Some(known) = self.known.get_mut(&id)
            && let Journaled::Open(entry) = &mut known.what
        {
            entry.stage = stage;
            known.on_disk = false;
        }
    }

    fn open(&self) -> impl Iterator<Item = &Entry> {
        self.known.values().filter_map(|known| match &known.what {
            Journaled::Open(entry) => Some(&**entry),
            Journaled::Closed { .. } => None,
        })
    }
}

fn id_of(what: &Journaled) -> ActionId {
    match what {
        Journaled::Open(entry) => entry.offer.envelope.id,
        Journaled::Closed { id, .. } => *id,
    }
}
