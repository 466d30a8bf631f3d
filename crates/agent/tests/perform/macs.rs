//! Simulated Macs, and a grant on them.

use std::collections::BTreeMap;
use std::io;
use std::sync::atomic::{AtomicBool, Ordering};

use agent::clock::Clock;
use agent::journal::{Entry, Stage};
use agent::observe::Observer;
use agent::perform::{Performance, Tools, perform};
use agent::promotions::Promotions;
use macsim::model::clock::UnixMillis;
use macsim::model::filevault::Progress;
use macsim::model::hardware::Chip;
use macsim::model::mac::Mac;
use macsim::model::os::OsVersion;
use macsim::model::volume::FileSystem;
use macsim::tools::invocation::Invocation;
use macsim::tools::{Tool, run};
use rand_core::UnwrapErr;
use secrecy::SecretString;
use trust::action::{Action, GrantSecureToken, SecretRole};
use trust::id::{ActionId, DeviceId, GenericUuid as _, OrganizationId};
use trust::time::Timestamp;
use uuid::Uuid;
use wire::agent_api::Offer;
use wire::envelope::{Envelope, VERSION};
use wire::seal::{SealingPrivateKey, seal};

use crate::runner::SimRunner;

pub const NOW: Timestamp = Timestamp(1_790_000_000_000);
pub const ADA: &str = "ada's; $PATH %s \"pass\"";
pub const BEN: &str = "ben-pass 🦀";

/// A clock that stands still.
pub struct Still;

impl Clock for Still {
    fn now(&self) -> Timestamp {
        NOW
    }
}

/// A Mac without people's accounts.
pub fn factory(os: (u16, u16), file_system: FileSystem) -> Mac {
    let os = OsVersion::new(os.0, os.1);
    Mac::factory(
        os,
        Chip::AppleSilicon,
        file_system,
        7,
        UnixMillis(NOW.0 - 86_400_000),
    )
}

/// macOS 15.2 on Apple silicon, FileVault on: ada is an administrator who holds a token, ben a user who holds none.
pub fn healthy() -> Mac {
    let mut mac = factory((15, 2), FileSystem::Apfs);
    add_user(&mut mac, "ada", ADA, &["-admin"]);
    add_user(&mut mac, "ben", BEN, &[]);
    mac.filevault.progress = Progress::On;
    mac
}

/// A Mac on which only stan, a standard account, holds a token.
pub fn standard_holder() -> Mac {
    let mut mac = factory((15, 2), FileSystem::Apfs);
    add_user(&mut mac, "stan", "stan-pass", &[]);
    add_user(&mut mac, "ada", ADA, &["-admin"]);
    add_user(&mut mac, "ben", BEN, &[]);
    mac.filevault.progress = Progress::On;
    mac
}

/// Makes an account by the tool, as root would. On macOS 11 and later the first one comes out holding a token.
pub fn add_user(mac: &mut Mac, name: &str, password: &str, options: &[&str]) {
    let args = [
        "-addUser",
        name,
        "-fullName",
        &name.to_uppercase(),
        "-password",
        password,
    ];
    tool(mac, "sysadminctl", &[&args[..], options].concat());
    assert!(
        mac.directory.user(name).is_some(),
        "the simulator did not make {name}"
    );
}

/// Runs a tool on a Mac.
pub fn tool(mac: &mut Mac, name: &str, args: &[&str]) {
    let invocation = Invocation::new(Tool::named(name).unwrap(), args.iter().copied());
    run(mac, &invocation.at(UnixMillis(NOW.0 - 3_600_000)));
}

/// Whether the simulator itself says that `name` holds a token that works with `password`.
pub fn truly_holds(mac: &Mac, name: &str, password: &str) -> bool {
    let user = mac.directory.user(name).unwrap();
    mac.is_holder(user) && mac.volume.unlock(user.guid(), password).is_some()
}

/// Wrong passwords that the disk was asked about as somebody who exists.
pub fn failed_unlocks(mac: &Mac) -> u32 {
    let exists = |guid: &String| mac.volume.crypto_user(guid).is_some();
    mac.failed_unlocks
        .iter()
        .filter(|(guid, _)| exists(guid))
        .map(|(_, count)| count)
        .sum()
}

/// How often `name` became a holder on this Mac.
pub fn grants_of(mac: &Mac, name: &str) -> u32 {
    mac.effects.accounts.get(name).map_or(0, |counts| counts.granted)
}

/// One order, sealed to a device.
pub struct Order {
    key: SealingPrivateKey,
    offer: Offer,
}

/// An order to grant from ada to ben with these passwords.
pub fn order(administrator: &str, target: &str) -> Order {
    order_between(("ada", administrator), ("ben", target))
}

/// An order to grant from one account to another.
pub fn order_between(administrator: (&str, &str), target: (&str, &str)) -> Order {
    order_for(
        grant_action(administrator.0, target.0, false),
        Some(administrator.1),
        target.1,
    )
}

/// A grant from one account to another.
pub fn grant_action(administrator: &str, target: &str, promote_administrator: bool) -> Action {
    Action::GrantSecureToken(GrantSecureToken {
        administrator: administrator.parse().unwrap(),
        target: target.parse().unwrap(),
        promote_administrator,
    })
}

/// An order for any action, with its passwords.
pub fn order_for(action: Action, administrator: Option<&str>, target: &str) -> Order {
    let mut rng = UnwrapErr(getrandom::SysRng);
    let key = SealingPrivateKey::generate(&mut rng);
    let envelope = Envelope {
        version: VERSION,
        id: ActionId::from_untyped_uuid(Uuid::from_u128(1)),
        organization_id: OrganizationId::from_untyped_uuid(Uuid::from_u128(2)),
        device_id: DeviceId::from_untyped_uuid(Uuid::from_u128(3)),
        not_after: Timestamp(i64::MAX),
        action,
    };
    let passwords = [
        (SecretRole::Administrator, administrator),
        (SecretRole::Target, Some(target)),
    ];
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
    /// The same order, in which the seals were exchanged.
    pub fn with_exchanged_seals(mut self) -> Self {
        let secrets = &mut self.offer.secrets;
        let administrator = secrets.remove(&SecretRole::Administrator).unwrap();
        let target = secrets.insert(SecretRole::Target, administrator).unwrap();
        secrets.insert(SecretRole::Administrator, target);
        self
    }

    /// Carries the order out with a fresh agent, and notes whether it said that it would touch the Mac.
    pub fn carry_out(&self, runner: &SimRunner, stage: Stage, touched: &AtomicBool) -> Performance {
        self.carry_out_as(&Promotions::default(), runner, stage, touched)
    }

    /// The same with an agent that remembers promotions.
    pub fn carry_out_as(
        &self,
        promotions: &Promotions,
        runner: &SimRunner,
        stage: Stage,
        touched: &AtomicBool,
    ) -> Performance {
        let observer = Observer::forgetful();
        let tools = Tools {
            runner,
            clock: &Still,
            observer: &observer,
            promotions,
        };
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

/// Carries an order out on `mac`. Answers what came of it and the Mac after it.
pub fn grant(mac: Mac, order: &Order) -> (Performance, Mac) {
    let runner = SimRunner::new(mac, UnixMillis(NOW.0));
    let performance = order.carry_out(&runner, Stage::Started, &AtomicBool::new(false));
    (performance, runner.mac())
}
