//! Letting things happen to a Mac, step by step.

use serde::{Deserialize, Serialize};

use super::passwords;
use crate::model::clock::UnixMillis;
use crate::model::effects::Effects;
use crate::model::hardware::Chip;
use crate::model::mac::Mac;
use crate::model::mdm::Mdm;
use crate::model::os::OsVersion;
use crate::model::random::Random;
use crate::model::volume::FileSystem;
use crate::rules::create_account::{NewAccount, add_record, create_account};
use crate::rules::filevault::{RecoveryKeyChoice, enable};
use crate::rules::inject_hash::inject_hash;
use crate::rules::refusal::{Circumstances, Credentials};
use crate::rules::{bootstrap_token, institutional_key, login, reboot};

/// Whether an account is an administrator.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Role {
    /// In the admin group.
    Admin,
    /// Not.
    Standard,
}

/// An account somebody can type the password of.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Account {
    /// Record name.
    pub name: String,
    /// Full name.
    pub full_name: String,
    /// Throw-away directory password.
    pub password: String,
    /// Administrator or not.
    pub role: Role,
}

impl std::fmt::Debug for Account {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Account")
            .field("name", &self.name)
            .field("role", &self.role)
            .finish_non_exhaustive()
    }
}

/// A Mac with everything a test or a demonstration needs to work with it.
#[derive(Clone, Debug)]
pub struct ScenarioMac {
    /// The Mac.
    pub mac: Mac,
    /// Its accounts, in the order they were made. Deleted ones are gone from here, too.
    pub accounts: Vec<Account>,
    /// The recovery key, if FileVault made one.
    pub recovery_key: Option<String>,
    /// Its agent is meant to be out of reach.
    pub offline: bool,
}

impl ScenarioMac {
    /// The account of this name.
    #[must_use]
    pub fn account(&self, name: &str) -> Option<&Account> {
        self.accounts.iter().find(|account| account.name == name)
    }
}

/// Makes a [`ScenarioMac`].
pub struct Builder {
    made: ScenarioMac,
    random: Random,
    now: UnixMillis,
}

impl Builder {
    /// A factory-fresh Mac.
    #[must_use]
    pub fn new(os: OsVersion, chip: Chip, file_system: FileSystem, seed: u64, now: UnixMillis) -> Self {
        let mac = Mac::factory(os, chip, file_system, seed, now);
        let made = ScenarioMac {
            mac,
            accounts: Vec::new(),
            recovery_key: None,
            offline: false,
        };
        // A sequence of its own, so that passwords do not depend on what the Mac draws meanwhile.
        Self {
            made,
            random: Random::new(seed ^ 0xBE57_0000_0000_0000),
            now,
        }
    }

    /// The finished Mac. What has happened so far is history: its effects count from here.
    #[must_use]
    pub fn finish(mut self) -> ScenarioMac {
        self.made.mac.effects = Effects::default();
        self.made
    }

    /// The Mac, for what no step covers.
    pub fn mac(&mut self) -> &mut Mac {
        &mut self.made.mac
    }

    /// The seeded randomness of the scenario.
    pub fn random(&mut self) -> &mut Random {
        &mut self.random
    }

    /// The time at which everything happens.
    #[must_use]
    pub fn at(&self) -> Circumstances {
        Circumstances { now: self.now }
    }

    /// Makes an account that sets its password through Open Directory: Setup Assistant, System Settings,
    /// `sysadminctl`. `by` names an account that hands its token on at once.
    pub fn account(&mut self, name: &str, full_name: &str, role: Role, by: Option<&str>) -> &mut Self {
        let password = passwords::draw(&mut self.random);
        let wanted = self.wanted(name, full_name, role);
        let at = self.at();
        let by = by.and_then(|by| self.made.account(by)).cloned();
        let by = by.as_ref().map(|by| Credentials {
            name: &by.name,
            password: &by.password,
        });
        // A refusal (a taken name in a random Mac) leaves no account behind to remember.
        if create_account(&mut self.made.mac, &wanted, &password, by, at).is_ok() {
            self.remember(name, full_name, role, password);
        }
        self
    }

    /// Makes an account whose password arrives as a hash: MDM auto admin, package-made accounts.
    pub fn hash_made_account(&mut self, name: &str, full_name: &str, role: Role) -> &mut Self {
        if self.made.mac.directory.user(name).is_some() {
            return self;
        }
        let password = passwords::draw(&mut self.random);
        let wanted = self.wanted(name, full_name, role);
        let at = self.at();
        add_record(&mut self.made.mac, &wanted, at);
        let _ = inject_hash(
            &mut self.made.mac,
            Credentials {
                name,
                password: &password,
            },
            at,
        );
        self.remember(name, full_name, role, password);
        self
    }

    /// Writes a new password hash into an account: the directory follows, the disk does not.
    pub fn inject_hash(&mut self, name: &str) -> &mut Self {
        let password = passwords::draw(&mut self.random);
        let at = self.at();
        let _ = inject_hash(
            &mut self.made.mac,
            Credentials {
                name,
                password: &password,
            },
            at,
        );
        if let Some(account) = self.made.accounts.iter_mut().find(|account| account.name == name) {
            account.password = password;
        }
        self
    }

    /// The account logs in at the screen.
    pub fn login(&mut self, name: &str) -> &mut Self {
        let at = self.at();
        if let Some(account) = self.made.account(name).cloned() {
            let who = Credentials {
                name,
                password: &account.password,
            };
            let _ = login::at_the_screen(&mut self.made.mac, who, at);
        }
        self
    }

    /// Enrols the Mac. An automatically enrolled one gets its account configuration at once.
    pub fn enroll(&mut self, automated: bool, bootstrap_token_supported: bool) -> &mut Self {
        self.made.mac.mdm = Mdm {
            enrolled: true,
            automated,
            user_approved: true,
            server_url: "https://mdm.example.com/mdm".to_owned(),
            bootstrap_token_supported,
            ..Mdm::default()
        };
        if automated {
            bootstrap_token::on_account_configuration(&mut self.made.mac);
        }
        self
    }

    /// The account turns FileVault on.
    pub fn filevault(&mut self, name: &str) -> &mut Self {
        let at = self.at();
        if let Some(account) = self.made.account(name).cloned() {
            let who = Credentials {
                name,
                password: &account.password,
            };
            if let Ok(Some(key)) = enable(&mut self.made.mac, who, RecoveryKeyChoice::Make, at) {
                self.made.recovery_key = Some(key);
            }
        }
        self
    }

    /// The account lets the organisation's private half of an institutional key open the volume.
    pub fn institutional_key(&mut self, name: &str, private_half: &str) -> &mut Self {
        if let Some(account) = self.made.account(name).cloned() {
            let who = Credentials {
                name,
                password: &account.password,
            };
            let _ = institutional_key::install(&mut self.made.mac, who, private_half);
        }
        self
    }

    /// The Mac is started again; afterwards nobody is logged in.
    pub fn reboot(&mut self) -> &mut Self {
        let at = self.at();
        reboot::reboot(&mut self.made.mac, at);
        self
    }

    /// The account's directory password.
    #[must_use]
    pub fn password(&self, name: &str) -> Option<String> {
        self.made.account(name).map(|account| account.password.clone())
    }

    /// Remembers a new directory password.
    pub fn set_password(&mut self, name: &str, password: String) {
        if let Some(account) = self.made.accounts.iter_mut().find(|account| account.name == name) {
            account.password = password;
        }
    }

    /// Remembers a new role.
    pub fn set_role(&mut self, name: &str, role: Role) {
        if let Some(account) = self.made.accounts.iter_mut().find(|account| account.name == name) {
            account.role = role;
        }
    }

    /// Forgets an account that has just been deleted.
    pub fn forget(&mut self, name: &str) -> &mut Self {
        self.made.accounts.retain(|account| account.name != name);
        self
    }

    /// Marks the agent as out of reach.
    pub fn offline(&mut self) -> &mut Self {
        self.made.offline = true;
        self
    }

    fn wanted(&self, name: &str, full_name: &str, role: Role) -> NewAccount {
        NewAccount {
            name: name.to_owned(),
            full_name: full_name.to_owned(),
            uid: u32::try_from(self.made.mac.directory.free_uid()).unwrap_or(501),
            gid: 20,
            make_home: true,
            admin: role == Role::Admin,
            ..NewAccount::default()
        }
    }

    fn remember(&mut self, name: &str, full_name: &str, role: Role, password: String) {
        let (name, full_name) = (name.to_owned(), full_name.to_owned());
        self.made.accounts.push(Account {
            name,
            full_name,
            password,
            role,
        });
    }
}
