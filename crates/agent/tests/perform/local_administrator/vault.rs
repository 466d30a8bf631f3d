//! A vault that an agent escrows the local administrator's password to, by the rule of the real one.

use agent::recovery_key::{Receipt, Vault as Address};
use macsim::model::mac::Mac;
use rand_core::UnwrapErr;
use secrecy::ExposeSecret as _;
use trust::escrow::{EscrowKind, Origin, Standing, State, What};
use trust::local_administrator::{Alphabet, Settings};
use trust::time::Timestamp;
use wire::escrow::{Escrow, EscrowTerms, LocalAdministratorTerms, RecoveryKeyTerms, Told};
use wire::seal::SealingPrivateKey;

use crate::recovery_key::vault::{Vault as KeyVault, world_time};
use crate::service_account::World;

pub const NAME: &str = "localadmin";

/// The vault's key, what it keeps, and what its organisation wants.
pub struct Vault {
    key: SealingPrivateKey,
    pub standing: Standing,
    /// Every version, in clear, from the first.
    pub versions: Vec<String>,
    pub settings: Option<Settings>,
}

pub fn settings() -> Settings {
    Settings {
        account: NAME.parse().unwrap(),
        full_name: "Local Administrator".parse().unwrap(),
        hidden: false,
        length: 20,
        alphabet: Alphabet::LettersAndDigits,
        rotate_every_days: 30,
    }
}

/// The Mac's organisation wants a local administrator, and its agent knows the vault.
pub fn wanting(world: World) -> (World, Vault) {
    let vault = Vault {
        key: SealingPrivateKey::generate(&mut UnwrapErr(getrandom::SysRng)),
        standing: Standing::default(),
        versions: Vec::new(),
        settings: Some(settings()),
    };
    vault.tell(&world);
    (world, vault)
}

impl Vault {
    /// Tells the agent how to escrow, and what is wanted.
    pub fn tell(&self, world: &World) {
        let local_administrator = self.settings.clone().map(|settings| LocalAdministratorTerms {
            settings,
            version: self.standing.current,
            rotate_after: self.standing.rotate_after,
        });
        let terms = EscrowTerms {
            vault_key: self.key.public_key(),
            recovery_key: RecoveryKeyTerms {
                state: State::Empty,
                version: None,
                rotate_after: None,
                prove_after: None,
            },
            local_administrator,
        };
        let address = Address {
            organization_id: KeyVault::organization(),
            device_id: KeyVault::device(),
            terms,
        };
        world.custody.obey_vault(address).unwrap();
    }

    /// Takes all that waits to be sent, and tells the agent how things stand.
    pub fn take(&mut self, world: &World) {
        while let Some(message) = world.custody.next_to_escrow() {
            assert_eq!(message.kind, EscrowKind::LocalAdministratorPassword);
            self.keep(&message);
            let version = self.standing.current;
            let receipt = Receipt::Kept { version };
            world
                .custody
                .escrowed(message.id, receipt, world_time(world))
                .unwrap();
        }
        self.tell(world);
    }

    fn keep(&mut self, message: &Escrow) {
        match &message.told {
            Told::Secret {
                sealed,
                origin,
                proved_at,
            } => {
                let (organization, device) = (KeyVault::organization(), KeyVault::device());
                let bound_to = Escrow::associated_data(organization, device, message.kind, message.id);
                let password = self.key.open(sealed, &bound_to).unwrap();
                let password = password.expose_secret();
                if self.current() != Some(password) {
                    self.versions.push(password.to_owned());
                    self.happens(
                        What::Escrowed,
                        Some(self.standing.latest + 1),
                        Some(*origin),
                        Timestamp(1),
                    );
                }
                if let Some(at) = proved_at {
                    self.happens(What::Proved, self.standing.current, None, *at);
                }
            }
            Told::Used { at } => self.happens(What::Used, None, None, *at),
            Told::KeyUnknown => self.happens(What::KeyUnknown, None, None, Timestamp(1)),
            told => panic!("the agent tells nothing of the kind: {told:?}"),
        }
    }

    pub fn happens(&mut self, what: What, version: Option<u32>, origin: Option<Origin>, at: Timestamp) {
        let after = self.standing.after(what, version, origin, at);
        self.standing = after.expect("it can have happened");
    }

    /// The password that the vault says is in force.
    pub fn current(&self) -> Option<&str> {
        let version = usize::try_from(self.standing.current?).unwrap();
        self.versions.get(version - 1).map(String::as_str)
    }

    /// The vault has a password that was proved, and Open Directory takes it, and the disk.
    pub fn opens(&self, mac: &Mac, when: &str) {
        let password = self.current().unwrap_or_else(|| panic!("{when}: none is kept"));
        let user = mac
            .directory
            .user(NAME)
            .unwrap_or_else(|| panic!("{when}: there is no account"));
        assert!(
            user.accepts(password),
            "{when}: Open Directory refuses what the vault has"
        );
        assert!(self.standing.proved_at.is_some(), "{when}: never proved");
        if mac.is_holder(user) {
            let opened = mac.volume.unlock(user.guid(), password);
            assert!(opened.is_some(), "{when}: the disk refuses what the vault has");
        }
    }
}

/// Where there is an account, the agent keeps the password that it has.
pub fn is_known(world: &World, when: &str) {
    let mac = world.mac();
    let Some(user) = mac.directory.user(NAME) else {
        return;
    };
    if user.password.is_none() {
        return;
    }
    let all = world.custody.local_administrator.passwords.all().unwrap();
    let takes = |password: &str| user.accepts(password);
    assert!(
        all.iter().any(|kept| takes(kept.secret.expose_secret())),
        "{when}: nobody knows its password"
    );
}

/// No password stands in clear in what the agent remembers or tells.
pub fn nothing_is_told(world: &World, vault: &Vault, when: &str) {
    let kept = serde_json::to_string(&world.custody.local_administrator.remembered()).unwrap();
    let told = serde_json::to_string(&world.told()).unwrap();
    let shown = format!("{:?}", world.custody);
    for password in &vault.versions {
        assert!(!kept.contains(password), "{when}: a password lies on the disk");
        assert!(!told.contains(password), "{when}: a password is told");
        assert!(!shown.contains(password), "{when}");
    }
}
