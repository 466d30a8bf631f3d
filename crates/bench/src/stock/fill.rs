//! Filling a store.

use std::path::Path;
use std::time::{Duration, Instant};

use agent::clock::{Clock as _, SystemClock};
use agent::identity::Keys;
use anyhow::{Context as _, ensure};
use newtype_uuid::{GenericUuid as _, TypedUuid, TypedUuidKind};
use rand_core::CryptoRng;
use store::Store;
use store::actor::Actor;
use store::enrolment::{Enrolled, NewEnrolment};
use store::enrolment_secret::NewEnrolmentSecret;
use store::idempotency::Request;
use store::observation::NewObservation;
use trust::admission::Admission;
use trust::attention::attention;
use trust::fact::Fact;
use trust::finding::diagnose;
use trust::id::{DeviceId, OrganizationId};
use trust::observation::{Hardware, Observation};
use trust::resilience::Kept;
use trust::service_account::Settings;
use trust::time::Timestamp;
use uuid::Builder;
use wire::agent_api::EnrolmentIdentity;

use super::actions;
use super::mixture::Mixture;
use super::names::machine;

/// Every so many Macs, one has enrolled and never told anything.
const NEVER_OBSERVED: u32 = 128;

/// Every so many Macs, an action waits for one.
const WAITS: u32 = 16;

/// How old the fleet is.
const AGE: Duration = Duration::from_hours(90 * 24);

/// A fleet that was put into a store.
#[derive(Debug, Clone, Copy)]
pub struct Filled {
    /// How many actions wait.
    pub actions: usize,
    /// How long filling took.
    pub took: Duration,
}

/// One device in the store.
pub struct Stocked {
    /// Whose it is.
    pub organization_id: OrganizationId,
    /// Its id.
    pub id: DeviceId,
    /// Its number, by which the mixture knows its Mac.
    pub number: u32,
    /// Its private keys.
    pub keys: Keys,
    /// What its agent saw; `None` when it has never told.
    pub seen: Option<Observation>,
}

/// Fills the database in `file` with `count` devices, and hands each to `keep`, in the order of their enrolment.
pub async fn fill(
    file: &Path,
    count: u32,
    mixture: &Mixture,
    rng: &mut impl CryptoRng,
    mut keep: impl FnMut(Stocked),
) -> anyhow::Result<Filled> {
    let begun = Instant::now();
    let now = SystemClock.now();
    let store = Store::open(file).await.context("open the server's database")?;
    let new_organization = fresh_id(now, rng);
    let organization_id = store::organization::first_or_new(&store, new_organization, "Default", now).await?;
    let mut filling = Filling {
        store: &store,
        organization_id,
        rng,
    };
    let mut actions = 0;
    for number in 0..count {
        let part = AGE.as_secs_f64() * f64::from(count - number) / f64::from(count);
        let at = Timestamp(now.as_millis() - i64::try_from(Duration::from_secs_f64(part).as_millis())?);
        let device = filling.device(number, mixture, at).await?;
        if number % WAITS == 0 && device.seen.is_some() {
            actions += usize::from(actions::accept(&mut filling, &device, now).await?);
        }
        keep(device);
    }
    store.close().await;
    Ok(Filled {
        actions,
        took: begun.elapsed(),
    })
}

/// A store that is being filled.
pub(super) struct Filling<'a, R> {
    pub store: &'a Store,
    pub organization_id: OrganizationId,
    pub rng: &'a mut R,
}

impl<R: CryptoRng> Filling<'_, R> {
    async fn device(&mut self, number: u32, mixture: &Mixture, at: Timestamp) -> anyhow::Result<Stocked> {
        let template = &mixture.of(number).seen;
        let like = template
            .hardware
            .value()
            .context("a Mac that tells its hardware")?;
        let (name, hardware) = machine(number, like);
        let keys = Keys::generate(self.rng);
        let id = fresh_id(at, self.rng);
        self.enrol(id, name, &hardware, &keys, at).await?;
        let seen = (number % NEVER_OBSERVED != NEVER_OBSERVED - 1).then(|| Observation {
            hardware: Fact::known(hardware, at, "ioreg -c IOPlatformExpertDevice"),
            ..template.clone()
        });
        if let Some(observation) = &seen {
            let diagnosed = diagnose(observation);
            let (observed, findings) = server::kept(observation, observation.digest(), &diagnosed, at);
            let new = NewObservation {
                service_account: store::finding::KeptServiceAccount::default(),
                organization_id: self.organization_id,
                device_id: id,
                observation,
                observed,
                findings,
                attention: attention(observation, &Settings::default(), &diagnosed),
                primary_user: None,
                resilience: server::kept_resilience(observation, &Kept::default(), at),
                kept: Kept::default(),
                token_changes: Vec::new(),
            };
            store::observation::save(self.store, &new).await?;
        }
        Ok(Stocked {
            organization_id: self.organization_id,
            id,
            number,
            keys,
            seen,
        })
    }

    async fn enrol(
        &mut self,
        id: DeviceId,
        name: String,
        hardware: &Hardware,
        keys: &Keys,
        at: Timestamp,
    ) -> anyhow::Result<()> {
        // What stands for a secret's hash: nobody enrols with it a second time.
        let hash = id.to_string();
        let secret = NewEnrolmentSecret {
            request: self.request(hash.clone(), at),
            hash: hash.clone(),
            expires_at: at.plus(Duration::from_hours(1)),
        };
        store::enrolment_secret::create(self.store, &secret).await?;
        let identity = EnrolmentIdentity {
            serial_number: hardware.serial_number.clone(),
            hardware_uuid: hardware.hardware_uuid.clone(),
            name,
            agent_version: crate::fleet::AGENT_VERSION.to_owned(),
            signing_key: keys.signing.public_key(),
            sealing_key: keys.sealing.public_key(),
        };
        let new = NewEnrolment {
            organization_id: self.organization_id,
            secret_hash: hash,
            identity: &identity,
            admission: Admission::NewDevice,
            new_id: id,
            at,
        };
        let enrolled = store::enrolment::enrol(self.store, &new).await?;
        ensure!(
            matches!(enrolled, Enrolled::Device { .. }),
            "enrol {id}: {enrolled:?}"
        );
        Ok(())
    }

    pub(super) fn request(&self, key: String, at: Timestamp) -> Request {
        Request {
            organization_id: self.organization_id,
            actor: Actor::Operator,
            fingerprint: key.clone(),
            key,
            at,
        }
    }
}

pub(super) fn fresh_id<K: TypedUuidKind>(at: Timestamp, rng: &mut impl CryptoRng) -> TypedUuid<K> {
    let mut random = [0; 10];
    rng.fill_bytes(&mut random);
    let millis = u64::try_from(at.as_millis()).unwrap_or_default();
    TypedUuid::from_untyped_uuid(Builder::from_unix_timestamp_millis(millis, &random).into_uuid())
}
