//! The store and the model, side by side.

use std::collections::BTreeMap;

use store::action::{self, Accepted, Cancelled, NewReport, Reported, Started};
use store::bulk_run::{self, Asked};
use trust::action::ActionState;
use trust::bulk::RunState;
use trust::code::Code;
use trust::time::Timestamp;

use super::Event;
use super::model::Modelled;
use crate::support::{NOW, World, action_id, device_id, ended, identity, run_id};

/// Devices 1 to so many, each of which is in the run.
pub const DEVICES: u8 = 5;

pub struct Actual {
    world: World,
    now: Timestamp,
    actions: BTreeMap<u128, Modelled>,
    requests: u32,
}

impl Actual {
    pub async fn new() -> Self {
        let world = World::running(DEVICES).await;
        let run = world.bulk_run().await;
        let held = |device: u8| (device.into(), Modelled::queued(device, true, None, run.not_after));
        Self {
            actions: (1..=DEVICES).map(held).collect(),
            world,
            now: NOW,
            requests: 0,
        }
    }

    pub async fn happens(&mut self, event: Event) {
        match event {
            Event::Accepted(device, not_before, valid) => self.accepted(device, not_before, valid).await,
            Event::LooksIn(device) => self.looks_in(device).await,
            Event::Starts(place) => self.starts(place).await,
            Event::Reports(place, well) => self.reports(place, well).await,
            Event::Cancelled(place) => self.cancelled(place).await,
            Event::TimePasses(ms) => self.now = Timestamp(self.now.as_millis() + ms),
            Event::Expires => self.expires().await,
            Event::RunAdvances => {
                let before = self.world.bulk_run().await.state;
                self.world.advance(self.now).await;
                let after = self.world.bulk_run().await.state;
                let has_stopped = before == RunState::Running && after == RunState::Stopped;
                self.follow_run(before == RunState::Running, has_stopped).await;
            }
            Event::RunStops => {
                let request = self.request();
                let asked = bulk_run::stop(&self.world.store, &request, run_id(1), None)
                    .await
                    .unwrap();
                self.follow_run(false, matches!(asked.0, Asked::Done(_))).await;
            }
            Event::RunContinues => {
                let request = self.request();
                bulk_run::resume(&self.world.store, &request, run_id(1), None)
                    .await
                    .unwrap();
                self.follow_run(false, false).await;
            }
        }
        self.agrees().await;
    }

    /// Every action is where the model says.
    async fn agrees(&self) {
        let all = action::Filter {
            device_id: None,
            state: None,
            before: None,
            limit: 1_000,
        };
        let actions = action::list(&self.world.store, self.world.organization_id, &all)
            .await
            .unwrap();
        assert_eq!(actions.len(), self.actions.len());
        for action in actions {
            let id = action.envelope.id;
            let (_, modelled) = self
                .actions
                .iter()
                .find(|(number, _)| action_id(**number) == id)
                .unwrap();
            assert_eq!(
                (action.state, action.held),
                (modelled.state, modelled.held),
                "{action:#?}\n{modelled:?}"
            );
            assert_eq!(action.finished_at.is_some(), modelled.ends == 1, "{action:#?}");
        }
    }

    /// From here on every device comes back, somebody continues the run, and what is left expires.
    pub async fn comes_to_its_end(&mut self) {
        for _ in 0..4 {
            self.happens(Event::RunContinues).await;
            self.happens(Event::RunAdvances).await;
            self.happens(Event::TimePasses(61_000)).await;
            for place in 0..self.actions.len() {
                self.happens(Event::Reports(place, true)).await;
            }
        }
        self.happens(Event::TimePasses(86_400_000)).await;
        self.happens(Event::Expires).await;
        self.happens(Event::RunAdvances).await;
        assert!(
            self.actions.values().all(|action| action.ends == 1),
            "{:#?}",
            self.actions
        );
        assert!(self.world.bulk_run().await.finished_at.is_some());
        assert_eq!(self.world.count("sealed_secret").await, 0);
    }

    async fn accepted(&mut self, device: u8, not_before: Option<i64>, valid: i64) {
        let number = 100 + self.actions.len() as u128;
        let in_ms = |ms| Timestamp(self.now.as_millis() + ms);
        let mut new = self.world.new_action(number);
        new.envelope.device_id = device_id(device.into());
        new.envelope.not_after = in_ms(valid);
        new.sealing_key = identity(device).sealing_key;
        new.not_before = not_before.map(in_ms);
        new.request.at = self.now;
        assert_eq!(
            action::accept(&self.world.store, &new).await.unwrap(),
            Accepted::Queued
        );
        let queued = Modelled::queued(device, false, new.not_before, new.envelope.not_after);
        self.actions.insert(number, queued);
    }

    async fn looks_in(&mut self, device: u8) {
        let shown = action::offers(&self.world.store, device_id(device.into()), self.now, 1_000)
            .await
            .unwrap();
        let mut shown: Vec<_> = shown.offers.iter().map(|offer| offer.envelope.id).collect();
        shown.sort();
        let now = self.now;
        let open = self
            .actions
            .iter_mut()
            .filter(|(_, action)| action.device == device && action.is_open(now));
        let expected: Vec<_> = open
            .map(|(number, action)| {
                action.state = ActionState::Offered;
                action_id(*number)
            })
            .collect();
        assert_eq!(shown, expected, "device {device}");
    }

    async fn starts(&mut self, place: usize) {
        let now = self.now;
        let (number, modelled) = self.pick(place);
        let device = modelled.device;
        let (may, runs) = (modelled.is_open(now), modelled.state == ActionState::Running);
        if may {
            modelled.state = ActionState::Running;
        }
        let started = action::start(
            &self.world.store,
            device_id(device.into()),
            action_id(number),
            now,
        )
        .await;
        let fits = match started.unwrap() {
            Started::Now(_) => may,
            Started::Before => runs,
            Started::TooLate(_) => !may && !runs,
            Started::NotFound => false,
        };
        assert!(fits, "action {number} began or did not: {may} {runs}");
    }

    async fn reports(&mut self, place: usize, well: bool) {
        let (number, modelled) = self.pick(place);
        let device = modelled.device;
        let (code, state) = match well {
            true => (Code::AlreadyGranted, ActionState::Succeeded),
            false => (Code::TargetWrongPassword, ActionState::Refused),
        };
        let had_ended = modelled.state.is_final();
        if !had_ended {
            modelled.ends(state);
        }
        let outcome = ended(code, false);
        let report = NewReport {
            device_id: device_id(device.into()),
            action_id: action_id(number),
            outcome: &outcome,
            observation: None,
            at: self.now,
        };
        let reported = action::report(&self.world.store, &report).await.unwrap();
        let fits = match reported {
            Reported::Ended(_) => !had_ended,
            Reported::Before | Reported::EndedOtherwise(_) => had_ended,
            Reported::NotFound => false,
        };
        assert!(fits, "action {number} ended again or not at all");
    }

    async fn cancelled(&mut self, place: usize) {
        let request = self.request();
        let (number, modelled) = self.pick(place);
        let may = modelled.state.is_waiting();
        if may {
            modelled.ends(ActionState::Cancelled);
        }
        let cancelled = action::cancel(&self.world.store, &request, action_id(number))
            .await
            .unwrap();
        assert_eq!(
            matches!(cancelled, Cancelled::Now(_)),
            may,
            "action {number}: {cancelled:?}"
        );
    }

    async fn expires(&mut self) {
        let now = self.now;
        action::expire_due(&self.world.store, now).await.unwrap();
        for action in self.actions.values_mut() {
            if action.state.is_waiting() && action.not_after <= now {
                action.ends(ActionState::Expired);
            }
        }
    }

    /// Takes over what became of the run's actions, as far as a run may do that.
    async fn follow_run(&mut self, may_release: bool, has_stopped: bool) {
        for number in 1..=u128::from(DEVICES) {
            let action = self.world.action(number).await;
            let Some(modelled) = self.actions.get_mut(&number) else {
                continue;
            };
            if modelled.held != action.held {
                assert_eq!(action.state, ActionState::Queued, "{action:?}");
                assert!(
                    may_release || action.held,
                    "released by a run that does not run: {action:?}"
                );
                modelled.held = action.held;
            }
            if has_stopped && modelled.state == ActionState::Offered {
                modelled.ends(ActionState::Cancelled);
            }
        }
    }

    fn pick(&mut self, place: usize) -> (u128, &mut Modelled) {
        let count = self.actions.len();
        let (number, modelled) = self.actions.iter_mut().nth(place % count).unwrap();
        (*number, modelled)
    }

    fn request(&mut self) -> store::idempotency::Request {
        self.requests += 1;
        let key = format!("request {}", self.requests);
        store::idempotency::Request {
            at: self.now,
            ..self.world.request(&key, &key)
        }
    }
}
