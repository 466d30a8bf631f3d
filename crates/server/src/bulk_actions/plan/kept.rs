//! Plans that are kept for who asked for them. They are few, and go after a while.

use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use store::actor::Actor;
use store::bulk_run::{MemberCount, Progress};
use tokio::sync::{Semaphore, SemaphorePermit, watch};
use trust::bulk::Readiness;
use trust::id::{BulkPlanId, DeviceId, OrganizationId};
use trust::time::Timestamp;

use crate::bulk_actions::input::AskedRun;
use crate::bulk_actions::prepare::Outlook;
use crate::identity::Caller;
use crate::problem::Problem;

/// How long a plan is kept after somebody looked at it.
const KEPT_FOR: Duration = Duration::from_mins(15);

/// How many plans are kept for one who asks. The one that was looked at longest ago gives way.
const MOST_OF_ONE: usize = 4;

/// How many plans are kept. One has some seventeen bytes for each device.
const MOST: usize = 16;

/// How many chunks of devices are planned at the same time, whoever's plans these belong to.
const AT_A_TIME: usize = 2;

/// The plans that are kept.
#[derive(Debug)]
pub(crate) struct Plans {
    kept: Mutex<Vec<Arc<KeptPlan>>>,
    turns: Semaphore,
}

/// A plan that is being made, or is made.
pub(crate) struct KeptPlan {
    /// Its id.
    pub id: BulkPlanId,
    /// Whose devices.
    pub organization_id: OrganizationId,
    /// What is asked, without passwords.
    pub asked: AskedRun,
    /// When it was begun.
    pub begun_at: Timestamp,
    actor: Actor,
    found: Mutex<Found>,
    /// Turns true when it is made, or cannot be.
    ended: watch::Sender<bool>,
}

/// What has been found so far.
#[derive(Debug, Default)]
struct Found {
    counts: Progress,
    devices: Vec<(DeviceId, Readiness)>,
    trouble: Option<Problem>,
    looked_at: Timestamp,
}

impl Default for Plans {
    fn default() -> Self {
        Self {
            kept: Mutex::default(),
            turns: Semaphore::new(AT_A_TIME),
        }
    }
}

impl Plans {
    /// Keeps a plan that is about to be made.
    pub(super) fn keep(&self, plan: Arc<KeptPlan>, now: Timestamp) {
        let mut kept = self.kept();
        kept.retain(|plan| now.since(plan.looked_at()) <= KEPT_FOR);
        let is_of_same = |other: &Arc<KeptPlan>| other.is_of(plan.organization_id, &plan.actor);
        if kept.iter().filter(|other| is_of_same(other)).count() >= MOST_OF_ONE {
            give_way(&mut kept, is_of_same);
        } else if kept.len() >= MOST {
            give_way(&mut kept, |_| true);
        }
        kept.push(plan);
    }

    /// The plan of this id, when it is the caller's and still kept.
    pub(crate) fn find(&self, caller: &Caller, id: BulkPlanId, now: Timestamp) -> Option<Arc<KeptPlan>> {
        let kept = self.kept();
        let found = kept.iter().find(|plan| plan.id == id);
        let found = found.filter(|plan| plan.is_of(caller.organization_id, &caller.actor))?;
        found.found().looked_at = now;
        Some(Arc::clone(found))
    }

    /// Whether a plan is still kept. One that is not need not be made any further.
    pub(super) fn holds(&self, id: BulkPlanId) -> bool {
        self.kept().iter().any(|plan| plan.id == id)
    }

    /// Waits until a chunk of devices may be planned. While nobody lets the permit go, nothing is planned further.
    pub(crate) async fn turn(&self) -> Option<SemaphorePermit<'_>> {
        self.turns.acquire().await.ok()
    }

    /// Holds every plan where it is, for tests that look at one under way.
    #[cfg(test)]
    pub(crate) async fn pause(&self) -> Option<SemaphorePermit<'_>> {
        let all = u32::try_from(AT_A_TIME).unwrap_or(u32::MAX);
        self.turns.acquire_many(all).await.ok()
    }

    fn kept(&self) -> MutexGuard<'_, Vec<Arc<KeptPlan>>> {
        self.kept.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// Forgets the plan among those meant that was looked at longest ago.
fn give_way(kept: &mut Vec<Arc<KeptPlan>>, is_meant: impl Fn(&Arc<KeptPlan>) -> bool) {
    let meant = kept.iter().enumerate().filter(|(_, plan)| is_meant(plan));
    if let Some((place, _)) = meant.min_by_key(|(_, plan)| plan.looked_at()) {
        kept.remove(place);
    }
}

impl KeptPlan {
    /// A plan of which nothing is made yet.
    pub(super) fn new(id: BulkPlanId, caller: &Caller, asked: &AskedRun, now: Timestamp) -> Self {
        Self {
            id,
            organization_id: caller.organization_id,
            asked: asked.without_passwords(),
            begun_at: now,
            actor: caller.actor.clone(),
            found: Mutex::new(Found {
                looked_at: now,
                ..Found::default()
            }),
            ended: watch::Sender::new(false),
        }
    }

    /// Adds devices, in the order of the selection.
    pub(super) fn add(&self, planned: &[(DeviceId, Outlook)]) {
        let mut found = self.found();
        for (id, outlook) in planned {
            note(&mut found.counts, outlook);
            found.devices.push((*id, outlook.readiness));
        }
    }

    /// Ends it: it is made, or it cannot be for this reason.
    pub(super) fn end(&self, trouble: Option<Problem>) {
        self.found().trouble = trouble;
        self.ended.send_replace(true);
    }

    /// Waits until it has ended.
    pub(super) async fn ended(&self) {
        let mut ended = self.ended.subscribe();
        // The sender lives as long as the plan.
        let _ = ended.wait_for(|ended| *ended).await;
    }

    /// Whether every device that is meant has been planned. A plan that cannot be made is none.
    pub(crate) fn is_complete(&self) -> Result<bool, Problem> {
        let has_ended = *self.ended.borrow();
        match &self.found().trouble {
            Some(trouble) => Err(trouble.clone()),
            None => Ok(has_ended),
        }
    }

    /// How many devices lack what, of those that have been planned.
    pub(crate) fn counts(&self) -> Progress {
        self.found().counts.clone()
    }

    /// At most `limit` devices of those that are `wanted`, from the place `begin` in the selection on; and the place from
    /// which there are more.
    pub(super) fn devices(
        &self,
        wanted: impl Fn(Readiness) -> bool,
        begin: usize,
        limit: usize,
    ) -> (Vec<DeviceId>, Option<usize>) {
        let found = self.found();
        let behind = found.devices.iter().enumerate().skip(begin);
        let mut meant = behind.filter(|(_, (_, readiness))| wanted(*readiness));
        let ids = meant.by_ref().take(limit).map(|(_, (id, _))| *id).collect();
        (ids, meant.next().map(|(place, _)| place))
    }

    fn looked_at(&self) -> Timestamp {
        self.found().looked_at
    }

    fn is_of(&self, organization_id: OrganizationId, actor: &Actor) -> bool {
        self.organization_id == organization_id && self.actor == *actor
    }

    fn found(&self) -> MutexGuard<'_, Found> {
        self.found.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl std::fmt::Debug for KeptPlan {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("KeptPlan")
            .field("id", &self.id)
            .finish_non_exhaustive()
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
