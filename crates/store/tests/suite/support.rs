//! A store in a temporary folder, with an organisation and a device to begin with.

mod bulk;
mod observation;

pub use bulk::{held_back, member, run_id};
pub use observation::{new_observation, silent_observation};

use std::collections::{BTreeMap, BTreeSet};
use std::path::PathBuf;

use newtype_uuid::GenericUuid as _;
use store::action::{Accepted, Action, NewAction};
use store::actor::Actor;
use store::enrolment::{Enrolled, NewEnrolment};
use store::enrolment_secret::NewEnrolmentSecret;
use store::idempotency::{Known, Request};
use store::{Store, action};
use tempfile::TempDir;
use trust::action::{Action as Asked, GrantSecureToken, SecretRole};
use trust::admission::Admission;
use trust::code::Code;
use trust::id::{ActionId, DeviceId, OrganizationId};
use trust::outcome::{GrantMethod, Outcome, TrustEdge};
use trust::plan::{Cost, Plan};
use trust::time::Timestamp;
use uuid::Uuid;
use wire::agent_api::EnrolmentIdentity;
use wire::encoding::Bytes;
use wire::envelope::{Envelope, VERSION};
use wire::identity::DevicePublicKey;
use wire::seal::{Sealed, SealingPublicKey};

/// The moment at which tests begin.
pub const NOW: Timestamp = Timestamp(1_770_000_000_000);

/// The moment so many milliseconds after [`NOW`].
pub fn at(ms: i64) -> Timestamp {
    Timestamp(NOW.0 + ms)
}

/// How long test actions may wait, in milliseconds.
pub const VALID_MS: i64 = 10_000;

pub fn action_id(number: u128) -> ActionId {
    ActionId::from_untyped_uuid(Uuid::from_u128(number))
}

pub fn device_id(number: u128) -> DeviceId {
    DeviceId::from_untyped_uuid(Uuid::from_u128(number))
}

/// A store with an organisation in a temporary folder.
pub struct World {
    pub store: Store,
    pub organization_id: OrganizationId,
    pub file: PathBuf,
    _folder: TempDir,
}

impl World {
    pub async fn new() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("with space, ?#% and ö.db");
        let store = Store::open(&file).await.unwrap();
        let id = OrganizationId::from_untyped_uuid(Uuid::from_u128(1));
        let organization_id = store::organization::first_or_new(&store, id, "Test", NOW)
            .await
            .unwrap();
        Self {
            store,
            organization_id,
            file,
            _folder: folder,
        }
    }

    /// A world with the device 1.
    pub async fn with_device() -> Self {
        let world = Self::new().await;
        let enrolled = world.enrol(&identity(1), 1, Admission::NewDevice).await;
        assert!(matches!(enrolled, Enrolled::Device { pending: false, .. }));
        world
    }

    pub fn request(&self, key: &str, fingerprint: &str) -> Request {
        Request {
            organization_id: self.organization_id,
            actor: Actor::ApiToken("test".to_owned()),
            key: key.to_owned(),
            fingerprint: fingerprint.to_owned(),
            at: NOW,
        }
    }

    /// Keeps an enrolment secret of this hash that lasts for a second.
    pub async fn secret(&self, hash: &str) {
        let new = NewEnrolmentSecret {
            request: self.request(&format!("secret {hash}"), hash),
            hash: hash.to_owned(),
            expires_at: at(1_000),
        };
        let known = store::enrolment_secret::create(&self.store, &new).await.unwrap();
        assert_eq!(known, Known::New);
    }

    /// Enrols with a secret of its own.
    pub async fn enrol(&self, identity: &EnrolmentIdentity, new_id: u128, admission: Admission) -> Enrolled {
        let hash = format!("secret of {new_id}");
        self.secret(&hash).await;
        self.enrol_with(&hash, identity, new_id, admission, NOW).await
    }

    pub async fn enrol_with(
        &self,
        hash: &str,
        identity: &EnrolmentIdentity,
        new_id: u128,
        admission: Admission,
        at: Timestamp,
    ) -> Enrolled {
        let new = NewEnrolment {
            organization_id: self.organization_id,
            secret_hash: hash.to_owned(),
            identity,
            admission,
            new_id: device_id(new_id),
            at,
        };
        store::enrolment::enrol(&self.store, &new).await.unwrap()
    }

    /// An action for device 1 that nobody has asked for yet.
    pub fn new_action(&self, number: u128) -> NewAction {
        NewAction {
            request: self.request(&format!("key {number}"), &format!("fingerprint {number}")),
            envelope: Envelope {
                version: VERSION,
                collected: BTreeMap::new(),
                id: action_id(number),
                organization_id: self.organization_id,
                device_id: device_id(1),
                not_after: at(VALID_MS),
                action: grant(),
            },
            secrets: BTreeMap::from([
                (SecretRole::Administrator, sealed(1)),
                (SecretRole::Target, sealed(2)),
            ]),
            sealing_key: identity(1).sealing_key,
            plan: plan(),
            not_before: None,
            reason: Some("because".to_owned()),
            answer: format!("answer {number}"),
        }
    }

    /// Accepts the action of this number for device 1.
    pub async fn accept(&self, number: u128) {
        let accepted = action::accept(&self.store, &self.new_action(number)).await;
        assert_eq!(accepted.unwrap(), Accepted::Queued);
    }

    /// Accepts the action of this number and lets device 1 begin it.
    pub async fn run(&self, number: u128) {
        self.accept(number).await;
        let started = action::start(&self.store, device_id(1), action_id(number), NOW).await;
        assert!(matches!(started.unwrap(), action::Started::Now(_)));
    }

    pub async fn action(&self, number: u128) -> Action {
        action::find(&self.store, self.organization_id, action_id(number))
            .await
            .unwrap()
            .unwrap()
    }

    /// How many sealed secrets the file holds, and how many rows of any other table.
    pub async fn count(&self, table: &'static str) -> i64 {
        let url = format!("sqlite://{}?mode=ro", escaped(&self.file.to_string_lossy()));
        let pool = sqlx::any::AnyPoolOptions::new()
            .max_connections(1)
            .connect(&url)
            .await
            .unwrap();
        let text = sqlx::AssertSqlSafe(format!("SELECT COUNT(*) FROM {table}"));
        sqlx::query_scalar(text).fetch_one(&pool).await.unwrap()
    }

    /// The verbs of the audit log, oldest first.
    pub async fn verbs(&self) -> Vec<String> {
        let mut entries = store::audit::list(&self.store, self.organization_id, None, 1_000)
            .await
            .unwrap();
        entries.reverse();
        entries.into_iter().map(|entry| entry.verb).collect()
    }
}

fn escaped(path: &str) -> String {
    path.replace('%', "%25").replace('?', "%3f").replace('#', "%23")
}

/// The Mac of this number with keys of that number.
pub fn identity(number: u8) -> EnrolmentIdentity {
    EnrolmentIdentity {
        serial_number: format!("SERIAL{number}"),
        hardware_uuid: format!("UUID{number}"),
        name: format!("Mac {number}"),
        agent_version: "0.1.0".to_owned(),
        signing_key: DevicePublicKey(Bytes(vec![number; 32])),
        sealing_key: SealingPublicKey(Bytes(vec![number; 32])),
    }
}

/// The same Mac with other keys.
pub fn with_other_keys(identity: &EnrolmentIdentity, keys: u8) -> EnrolmentIdentity {
    EnrolmentIdentity {
        signing_key: DevicePublicKey(Bytes(vec![keys; 32])),
        sealing_key: SealingPublicKey(Bytes(vec![keys; 32])),
        ..identity.clone()
    }
}

pub fn sealed(byte: u8) -> Sealed {
    Sealed {
        encapsulated_key: Bytes(vec![byte; 32]),
        ciphertext: Bytes(vec![byte; 272]),
    }
}

pub fn grant() -> Asked {
    Asked::GrantSecureToken(GrantSecureToken {
        administrator: "ada".parse().unwrap(),
        target: "bob".parse().unwrap(),
        promote_administrator: false,
    })
}

pub fn plan() -> Plan {
    Plan {
        rows: Vec::new(),
        outcomes: BTreeSet::from([Code::Granted]),
        mishaps: BTreeSet::new(),
        cost: Cost::default(),
        granters: vec!["ada".to_owned()],
        standard_holders: Vec::new(),
    }
}

/// `ada` has handed a token on to `bob`.
pub fn granted() -> Outcome {
    Outcome {
        edge: Some(TrustEdge {
            granter_guid: "GUID-ADA".to_owned(),
            granter: "ada".to_owned(),
            target_guid: "GUID-BOB".to_owned(),
            target: "bob".to_owned(),
            method: GrantMethod::SysadminctlSecureTokenOn,
            at: NOW,
        }),
        ..ended(Code::Granted, true)
    }
}

/// An end without a hand-over.
pub fn ended(code: Code, touched_the_mac: bool) -> Outcome {
    Outcome {
        code,
        touched_the_mac,
        parts: Vec::new(),
        evidence: Vec::new(),
        edge: None,
        finished_at: NOW,
    }
}
