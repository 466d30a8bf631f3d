//! Preparing a run: its devices are planned and its actions sealed, chunk by chunk. The passwords are in this task's memory
//! and nowhere else; when it ends, they are gone.

mod outlook;

pub(super) use outlook::Outlook;

use std::collections::HashSet;
use std::sync::Arc;

use store::actor::Actor;
use store::bulk_run::{Chunk, ChunkAdded, NewBulkRun, NewMember, NewMemberAction};
use store::device::Device;
use trust::bulk::more_than_agreed;
use trust::code::Code;
use trust::id::{BulkRunId, DeviceId, OrganizationId};
use trust::plan::Plan;
use wire::envelope::{self, Envelope};

use super::input::AskedRun;
use super::selector::Place;
use crate::actions::resolve::ResolvedAction;
use crate::actions::window::Window;
use crate::app::{App, SharedApp};
use crate::problem::Problem;
use crate::sealing::seal_for;

/// How many devices one transaction adds.
const CHUNK: u32 = 50;

/// How often a device is prepared anew that changed under it.
const TRIES: u32 = 3;

/// A run that is to be prepared.
pub(crate) struct Preparation {
    id: BulkRunId,
    organization_id: OrganizationId,
    actor: Actor,
    run: AskedRun,
    window: Window,
    /// How many devices are in the run, and how many of them are ready.
    members: u64,
    ready: u64,
}

/// Why a preparation ended early: the run is no longer being prepared, or the server shuts down.
struct CutOff;

impl Preparation {
    pub(super) fn new(new: &NewBulkRun, run: AskedRun, window: Window) -> Self {
        Self {
            id: new.id,
            organization_id: new.request.organization_id,
            actor: new.request.actor.clone(),
            run,
            window,
            members: 0,
            ready: 0,
        }
    }

    /// Prepares the run in a task of its own. When that does not come to its end, the run is interrupted.
    pub(super) fn begin(self, app: &SharedApp) {
        let (app, id, organization_id) = (Arc::clone(app), self.id, self.organization_id);
        tokio::spawn(async move {
            let preparing = Arc::clone(&app);
            let done = tokio::spawn(async move { self.prepare(&preparing).await }).await;
            if !matches!(done, Ok(Ok(Ok(())))) {
                // Where the store cannot be used either, the next start does the same.
                let _ = super::job::interrupt(&app, Some(id)).await;
            }
            app.runs.wake(id);
            app.events.bulk_of(organization_id, id);
        });
    }

    async fn prepare(mut self, app: &App) -> Result<Result<(), CutOff>, Problem> {
        let mut place = Place::default();
        loop {
            if *app.closing.borrow() {
                return Ok(Err(CutOff));
            }
            let selector = &self.run.selector;
            let devices = selector.devices(app, self.organization_id, &place, CHUNK).await?;
            if devices.is_empty() && selector.is_behind(&place) {
                break;
            }
            place = place.behind(&devices, CHUNK as usize);
            if self.add(app, devices).await?.is_err() {
                return Ok(Err(CutOff));
            }
            app.events.bulk_of(self.organization_id, self.id);
        }
        let canary_size = self.run.terms.canary.of(self.ready);
        let halt = more_than_agreed(self.ready, self.run.terms.ready_at_most);
        store::bulk_run::ready(&app.store, self.id, canary_size, halt, app.now()).await?;
        tracing::info!(run = %self.id, devices = self.members, ready = self.ready, "bulk run prepared");
        Ok(Ok(()))
    }

    /// Adds devices; those that changed meanwhile are prepared anew.
    async fn add(&mut self, app: &App, mut devices: Vec<Device>) -> Result<Result<(), CutOff>, Problem> {
        for round in 1..=TRIES {
            let mut members = Vec::with_capacity(devices.len());
            for device in &devices {
                members.push(self.member(app, device, round == TRIES).await?);
            }
            let ready: HashSet<DeviceId> = members
                .iter()
                .filter(|member| member.action.is_some())
                .map(|member| member.device_id)
                .collect();
            let chunk = Chunk {
                bulk_run_id: self.id,
                actor: self.actor.clone(),
                at: app.now(),
                members,
            };
            let ChunkAdded::But(changed) = store::bulk_run::add_members(&app.store, &chunk).await? else {
                return Ok(Err(CutOff));
            };
            self.ready += ready.iter().filter(|id| !changed.contains(id)).count() as u64;
            if changed.is_empty() {
                break;
            }
            let mut again = Vec::new();
            for id in changed {
                again.extend(store::device::find_of(&app.store, self.organization_id, id).await?);
            }
            devices = again;
        }
        Ok(Ok(()))
    }

    /// What the run holds of a device. One that changes all the time gets no action.
    async fn member(&mut self, app: &App, device: &Device, is_last_try: bool) -> Result<NewMember, Problem> {
        self.members += 1;
        let mut outlook = Outlook::of(app, device, &self.run.order).await?;
        if is_last_try && outlook.ready.is_some() {
            outlook = Outlook::lacking(Code::CredentialStale, None);
        }
        let action = match outlook.ready {
            Some((resolved, plan)) => Some(self.action(app, device, resolved, plan)?),
            None => None,
        };
        Ok(NewMember {
            place: self.members,
            device_id: device.id,
            readiness: outlook.readiness,
            code: outlook.code,
            detail: outlook.detail,
            action,
        })
    }

    fn action(
        &self,
        app: &App,
        device: &Device,
        resolved: ResolvedAction,
        plan: Plan,
    ) -> Result<NewMemberAction, Problem> {
        let envelope = Envelope {
            version: envelope::VERSION,
            id: app.entropy.id(app.now()),
            organization_id: device.organization_id,
            device_id: device.id,
            not_after: self.window.not_after,
            collected: resolved.collected_refs(),
            action: resolved.action.clone(),
        };
        Ok(NewMemberAction {
            secrets: seal_for(&envelope, &resolved, &device.sealing_key, &app.entropy)?,
            sealing_key: device.sealing_key.clone(),
            plan,
            is_there: app.is_online(device),
            envelope,
        })
    }
}
