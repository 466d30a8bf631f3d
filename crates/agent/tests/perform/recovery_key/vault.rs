//! A vault that an agent escrows to: it opens what it gets, and goes by the rule of the real one.

use agent::recovery_key::{Receipt, Vault as Address};
use macsim::model::mac::Mac;
use macsim::rules::recovery_key::is_valid;
use rand_core::UnwrapErr;
use secrecy::ExposeSecret as _;
use trust::escrow::{Standing, State, What};
use trust::id::{DeviceId, GenericUuid as _, OrganizationId};
use trust::time::Timestamp;
use uuid::Uuid;
use wire::escrow::{Escrow, EscrowTerms, RecoveryKeyTerms, Told};
use wire::seal::SealingPrivateKey;

use crate::service_account::World;

/// The vault's key, and what it keeps.
pub struct Vault {
    key: SealingPrivateKey,
    pub standing: Standing,
    /// Every version, in clear, from the first.
    pub versions: Vec<String>,
    /// Files of macOS that came.
    pub files: Vec<Vec<u8>>,
}

const AT: Timestamp = Timestamp(1);

impl Vault {
    pub fn new() -> Self {
        Self {
            key: SealingPrivateKey::generate(&mut UnwrapErr(getrandom::SysRng)),
            standing: Standing::default(),
            versions: Vec::new(),
            files: Vec::new(),
        }
    }

    pub fn organization() -> OrganizationId {
        OrganizationId::from_untyped_uuid(Uuid::from_u128(2))
    }

    pub fn device() -> DeviceId {
        DeviceId::from_untyped_uuid(Uuid::from_u128(3))
    }

    /// Tells the agent how to escrow.
    pub fn tell(&self, world: &World) {
        let terms = EscrowTerms {
            vault_key: self.key.public_key(),
            recovery_key: RecoveryKeyTerms {
                state: self.standing.state,
                version: self.standing.current,
                rotate_after: self.standing.rotate_after,
                prove_after: None,
            },
            local_administrator: None,
        };
        let address = Address {
            organization_id: Self::organization(),
            device_id: Self::device(),
            terms,
        };
        world.custody.obey_vault(address).unwrap();
    }

    /// Takes all that waits to be sent, and tells the agent how things stand.
    pub fn take(&mut self, world: &World) {
        self.acknowledge(world);
        self.tell(world);
    }

    /// Takes all that waits to be sent, and does not come to tell what follows from it.
    pub fn acknowledge(&mut self, world: &World) {
        while let Some(message) = world.custody.next_to_escrow() {
            self.keep(&message);
            let version = self.standing.current;
            world
                .custody
                .escrowed(message.id, Receipt::Kept { version }, world_time(world))
                .unwrap();
        }
    }

    fn keep(&mut self, message: &Escrow) {
        let next = |standing: Standing, what, version, origin| {
            standing
                .after(what, version, origin, AT)
                .expect("it can have happened")
        };
        match &message.told {
            Told::Secret {
                sealed,
                origin,
                proved_at,
            } => {
                let bound_to =
                    Escrow::associated_data(Self::organization(), Self::device(), message.kind, message.id);
                let key = self.key.open(sealed, &bound_to).unwrap();
                self.versions.push(key.expose_secret().to_owned());
                let version = Some(self.standing.latest + 1);
                self.standing = next(self.standing, What::Escrowed, version, Some(*origin));
                if let Some(at) = proved_at {
                    self.standing = self.standing.after(What::Proved, version, None, *at).unwrap();
                }
            }
            Told::EscrowFile { cms } => self.files.push(cms.0.clone()),
            Told::KeyUnknown => self.standing = next(self.standing, What::KeyUnknown, None, None),
            Told::Used { at } => self.standing = self.standing.after(What::Used, None, None, *at).unwrap(),
            Told::Proved { version, at } => {
                self.standing = self
                    .standing
                    .after(What::Proved, Some(*version), None, *at)
                    .unwrap();
            }
            Told::Disproved { version, at } => {
                self.standing = self
                    .standing
                    .after(What::Disproved, Some(*version), None, *at)
                    .unwrap();
            }
            Told::Emptied => {
                panic!("the agent tells nothing of the kind: {message:?}")
            }
        }
    }

    /// The key that the vault says is the Mac's.
    pub fn current(&self) -> Option<&str> {
        let version = usize::try_from(self.standing.current?).unwrap();
        self.versions.get(version - 1).map(String::as_str)
    }

    /// The vault holds a key that was proved, and it opens the disk.
    pub fn opens(&self, mac: &Mac, when: &str) {
        assert_eq!(self.standing.state, State::Held, "{when}");
        assert!(self.standing.proved_at.is_some(), "{when}: never proved");
        self.claims_nothing_wrong(mac, when);
    }

    /// What the vault says was proved opens the disk.
    pub fn claims_nothing_wrong(&self, mac: &Mac, when: &str) {
        if let Some(key) = self.current()
            && self.standing.proved_at.is_some()
        {
            assert!(
                is_valid(mac, key),
                "{when}: the vault's key does not open the disk"
            );
        }
    }
}

/// What time it is on the Mac.
pub fn world_time(world: &World) -> Timestamp {
    agent::clock::Clock::now(world)
}

/// No key stands in clear in what the agent keeps or tells.
pub fn nothing_is_told(world: &World, vault: &Vault, when: &str) {
    let kept = serde_json::to_string(&world.custody.recovery_key.remembered()).unwrap();
    let told = serde_json::to_string(&world.told()).unwrap();
    for key in &vault.versions {
        assert!(!kept.contains(key), "{when}: a key lies on the disk");
        assert!(!told.contains(key), "{when}: a key is told");
        assert!(!format!("{:?}", world.custody).contains(key), "{when}");
    }
}
