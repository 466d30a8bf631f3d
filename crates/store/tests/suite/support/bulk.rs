//! Bulk runs over devices of the test.

use std::collections::BTreeMap;

use newtype_uuid::GenericUuid as _;
use store::bulk_run::{
    self, Accepted, BulkRun, Chunk, ChunkAdded, NewBulkRun, NewMember, NewMemberAction, Progress,
};
use trust::action::{ActionState, SecretRole};
use trust::admission::Admission;
use trust::bulk::{Canary, Readiness};
use trust::code::Code;
use trust::id::BulkRunId;
use trust::time::Timestamp;
use uuid::Uuid;
use wire::envelope::{Envelope, VERSION};

use super::{NOW, World, action_id, at, device_id, grant, identity, plan, sealed};

/// How long the actions of a test run may wait, in milliseconds.
const RUN_VALID_MS: i64 = 86_400_000;

pub fn run_id(number: u128) -> BulkRunId {
    BulkRunId::from_untyped_uuid(Uuid::from_u128(number))
}

/// The device of this number as a ready member: its place, device and action have the same number.
pub fn member(world: &World, number: u8) -> NewMember {
    NewMember {
        place: number.into(),
        device_id: device_id(number.into()),
        readiness: Readiness::Ready,
        code: None,
        detail: None,
        action: Some(NewMemberAction {
            envelope: Envelope {
                version: VERSION,
                collected: BTreeMap::new(),
                id: action_id(number.into()),
                organization_id: world.organization_id,
                device_id: device_id(number.into()),
                not_after: at(RUN_VALID_MS),
                action: grant(),
            },
            secrets: BTreeMap::from([
                (SecretRole::Administrator, sealed(1)),
                (SecretRole::Target, sealed(2)),
            ]),
            sealing_key: identity(number).sealing_key,
            plan: plan(),
            is_there: true,
        }),
    }
}

/// The device of this number as one that gets no action.
pub fn held_back(number: u8, readiness: Readiness, code: Code) -> NewMember {
    NewMember {
        place: number.into(),
        device_id: device_id(number.into()),
        readiness,
        code: Some(code),
        detail: None,
        action: None,
    }
}

impl World {
    /// A world with the devices 1 to `count`.
    pub async fn with_devices(count: u8) -> Self {
        let world = Self::new().await;
        for number in 1..=count {
            world
                .enrol(&identity(number), number.into(), Admission::NewDevice)
                .await;
        }
        world
    }

    pub fn new_run(&self, number: u128) -> NewBulkRun {
        NewBulkRun {
            request: self.request(&format!("run key {number}"), "run fingerprint"),
            id: run_id(number),
            kind: "grant_secure_token",
            asked: "{}".to_owned(),
            canary: Canary::Count(2),
            stop_at_failure_percent: 50,
            in_flight: 3,
            not_before: None,
            not_after: at(RUN_VALID_MS),
            reason: Some("because".to_owned()),
            answer: format!("run {number}"),
        }
    }

    /// Accepts run 1 and leaves it being prepared.
    pub async fn accept_run(&self) {
        let accepted = bulk_run::accept(&self.store, &self.new_run(1)).await;
        assert_eq!(accepted.unwrap(), Accepted::Preparing);
    }

    /// Adds devices to run 1.
    pub async fn add(&self, members: Vec<NewMember>) -> ChunkAdded {
        let chunk = Chunk {
            bulk_run_id: run_id(1),
            actor: self.request("", "").actor,
            at: NOW,
            members,
        };
        bulk_run::add_members(&self.store, &chunk).await.unwrap()
    }

    /// Run 1 over the devices 1 to `count`, with a canary of 2, ready.
    pub async fn running(count: u8) -> Self {
        let world = Self::with_devices(count).await;
        world.accept_run().await;
        let members = (1..=count).map(|number| member(&world, number)).collect();
        assert_eq!(world.add(members).await, ChunkAdded::But(Vec::new()));
        assert!(
            bulk_run::ready(&world.store, run_id(1), 2, None, NOW)
                .await
                .unwrap()
        );
        world
    }

    /// Lets run 1 go on. Answers how many actions were released.
    pub async fn advance(&self, now: Timestamp) -> usize {
        let advanced = bulk_run::advance(&self.store, run_id(1), now, trust::bulk::decide).await;
        advanced.unwrap().released.len()
    }

    pub async fn bulk_run(&self) -> BulkRun {
        let found = bulk_run::find(&self.store, self.organization_id, run_id(1)).await;
        found.unwrap().unwrap()
    }

    pub async fn progress(&self) -> Progress {
        bulk_run::progress(&self.store, run_id(1)).await.unwrap()
    }

    /// Shows the device of this number what waits for it, and lets it begin and end its action with this code.
    pub async fn device_ends(&self, number: u8, code: Code, now: Timestamp) {
        let id = action_id(number.into());
        self.device_begins(number, now).await;
        let outcome = super::ended(code, true);
        let report = store::action::NewReport {
            device_id: device_id(number.into()),
            action_id: id,
            outcome: &outcome,
            observation: None,
            at: now,
        };
        let reported = store::action::report(&self.store, &report).await.unwrap();
        assert!(
            matches!(reported, store::action::Reported::Ended(_)),
            "{reported:?}"
        );
    }

    /// Shows the device of this number what waits for it, and lets it begin its action.
    pub async fn device_begins(&self, number: u8, now: Timestamp) {
        let id = action_id(number.into());
        assert_eq!(
            self.shown_to(number, now).await,
            1,
            "device {number} is shown nothing"
        );
        let started = store::action::start(&self.store, device_id(number.into()), id, now).await;
        assert!(matches!(started.unwrap(), store::action::Started::Now(_)));
    }

    /// How many actions the device of this number is shown.
    pub async fn shown_to(&self, number: u8, now: Timestamp) -> usize {
        let offers = store::action::offers(&self.store, device_id(number.into()), now, 10).await;
        offers.unwrap().offers.len()
    }

    /// How many actions of run 1 are in this state.
    pub async fn in_state(&self, state: ActionState) -> u64 {
        let progress = self.progress().await;
        let counts = progress.actions.iter().filter(|count| count.state == state);
        counts.map(|count| count.count).sum()
    }
}
