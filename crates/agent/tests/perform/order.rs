//! An order, and the agent's own code that carries it out.

use std::collections::BTreeMap;
use std::io;
use std::sync::atomic::{AtomicBool, Ordering};

use agent::journal::{Entry, Stage};
use agent::observe::Observer;
use agent::perform::{Performance, Tools, perform};
use agent::promotions::Promotions;
use agent::service_account::Custody;
use mac::Runner;
use rand_core::UnwrapErr;
use secrecy::SecretString;
use trust::action::{Action, SecretRole};
use trust::id::{ActionId, DeviceId, GenericUuid as _, OrganizationId};
use trust::time::Timestamp;
use uuid::Uuid;
use wire::agent_api::Offer;
use wire::collected::CollectedRef;
use wire::envelope::{Envelope, VERSION};
use wire::seal::{SealingPrivateKey, seal};

use crate::oracle::Still;

/// One order, sealed to a device.
pub struct Order {
    key: SealingPrivateKey,
    offer: Offer,
}

/// An order for any action, with its passwords.
pub fn order_for(action: Action, administrator: Option<&str>, target: &str) -> Order {
    order_with(action, BTreeMap::new(), administrator, Some(target))
}

/// An order for an action that gives an account another password.
pub fn order_for_new_password(
    action: Action,
    administrator: Option<&str>,
    target: Option<&str>,
    new_password: &str,
) -> Order {
    sealed(
        action,
        BTreeMap::new(),
        [
            (SecretRole::Administrator, administrator),
            (SecretRole::Target, target),
            (SecretRole::NewPassword, Some(new_password)),
        ],
    )
}

/// An order whose envelope says which collected secrets play which roles, with passwords for the others.
pub fn order_with(
    action: Action,
    collected: BTreeMap<SecretRole, CollectedRef>,
    administrator: Option<&str>,
    target: Option<&str>,
) -> Order {
    sealed(
        action,
        collected,
        [
            (SecretRole::Administrator, administrator),
            (SecretRole::Target, target),
            (SecretRole::NewPassword, None),
        ],
    )
}

fn sealed(
    action: Action,
    collected: BTreeMap<SecretRole, CollectedRef>,
    passwords: [(SecretRole, Option<&str>); 3],
) -> Order {
    let mut rng = UnwrapErr(getrandom::SysRng);
    let key = SealingPrivateKey::generate(&mut rng);
    let envelope = Envelope {
        version: VERSION,
        collected,
        id: ActionId::from_untyped_uuid(Uuid::from_u128(1)),
        organization_id: OrganizationId::from_untyped_uuid(Uuid::from_u128(2)),
        device_id: DeviceId::from_untyped_uuid(Uuid::from_u128(3)),
        not_after: Timestamp(i64::MAX),
        action,
    };
    let secrets: BTreeMap<_, _> = passwords
        .into_iter()
        .filter_map(|(role, password)| {
            let (password, bound_to) = (SecretString::from(password?), envelope.associated_data(role));
            Some((
                role,
                seal(&key.public_key(), &password, &bound_to, &mut rng).unwrap(),
            ))
        })
        .collect();
    Order {
        key,
        offer: Offer { envelope, secrets },
    }
}

impl Order {
    /// The same order with another seal in this role, bound to whatever one likes.
    pub fn with_seal(mut self, role: SecretRole, secret: &str, bound_to: &[u8]) -> Self {
        let mut rng = UnwrapErr(getrandom::SysRng);
        let sealed = seal(
            &self.key.public_key(),
            &SecretString::from(secret),
            bound_to,
            &mut rng,
        );
        self.offer.secrets.insert(role, sealed.unwrap());
        self
    }

    /// The envelope.
    pub fn envelope(&self) -> &Envelope {
        &self.offer.envelope
    }

    /// The same order, in which the seals were exchanged.
    pub fn with_exchanged_seals(mut self) -> Self {
        let secrets = &mut self.offer.secrets;
        let administrator = secrets.remove(&SecretRole::Administrator).unwrap();
        let target = secrets.insert(SecretRole::Target, administrator).unwrap();
        secrets.insert(SecretRole::Administrator, target);
        self
    }

    /// Carries the order out with a fresh agent, and notes whether it said that it would touch the Mac.
    pub fn carry_out(&self, runner: &dyn Runner, stage: Stage, touched: &AtomicBool) -> Performance {
        self.carry_out_as(&Promotions::default(), runner, stage, touched)
    }

    /// The same with an agent that remembers promotions.
    pub fn carry_out_as(
        &self,
        promotions: &Promotions,
        runner: &dyn Runner,
        stage: Stage,
        touched: &AtomicBool,
    ) -> Performance {
        let tools = Tools {
            runner,
            clock: &Still,
            observer: &Observer::forgetful(),
            promotions,
            custody: &Custody::in_memory(UnwrapErr(getrandom::SysRng)),
        };
        self.carry_out_with(tools, stage, touched)
    }

    /// The same with whatever the agent has.
    pub fn carry_out_with(&self, tools: Tools<'_>, stage: Stage, touched: &AtomicBool) -> Performance {
        let entry = Entry {
            offer: self.offer.clone(),
            stage,
        };
        let mut before_touching = || -> io::Result<()> {
            touched.store(true, Ordering::Relaxed);
            Ok(())
        };
        perform(tools, &self.key, &entry, &mut before_touching).unwrap()
    }
}
