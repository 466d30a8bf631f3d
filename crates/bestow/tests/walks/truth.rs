//! What is true of a Mac, and what must be.

use std::collections::BTreeSet;

use agent::paths::Paths;
use agent::service_account::Custody;
use macsim::model::mac::Mac;
use secrecy::ExposeSecret as _;

use crate::support::site::Site;

pub const NAME: &str = "_bestow";

/// The disk refuses no account more often between two starts of the Mac.
const MOST_DISK_FAILURES: u32 = 2;

/// Passwords of the service account that the agent may try by itself, each once after a change: the current one, the one before,
/// and one that is being set.
const KEPT_AT_MOST: u32 = 3;

/// A Mac at one moment, and the passwords that its agent keeps.
pub struct Truth {
    pub mac: Mac,
    kept: Vec<String>,
}

impl Truth {
    pub fn of(site: &Site) -> Self {
        let paths = Paths::new(&site.mac.home.root(), None);
        let kept = Custody::open(&paths).unwrap().passwords.all().unwrap();
        let kept = kept
            .iter()
            .map(|password| password.secret.expose_secret().to_owned());
        Self {
            mac: site.mac.home.load().unwrap(),
            kept: kept.collect(),
        }
    }

    /// Whether there is a service account, and whether it holds a token.
    pub fn service_account(&self) -> Option<bool> {
        let user = self.mac.directory.user(NAME)?;
        Some(self.mac.is_holder(user))
    }

    /// Whether a password that is kept opens Open Directory, and one the disk.
    pub fn opens(&self) -> (bool, bool) {
        let Some(user) = self.mac.directory.user(NAME) else {
            return (false, false);
        };
        let disk = |password: &String| self.mac.volume.unlock(user.guid(), password).is_some();
        (
            self.kept.iter().any(|password| user.accepts(password)),
            self.kept.iter().any(disk),
        )
    }

    /// It is there, holds a token, is an administrator, and its password opens both.
    pub fn is_whole(&self) -> bool {
        let user = self.mac.directory.user(NAME);
        user.is_some_and(|user| self.mac.is_holder(user) && self.mac.directory.is_admin(user))
            && self.opens() == (true, true)
    }

    /// Accounts that hold a token which their password really opens the disk by, and may authenticate.
    fn proved_holders(&self) -> usize {
        let holders = self.mac.holders().filter(|user| !user.is_disabled());
        holders
            .filter(|user| self.mac.disk_knows_the_password(user))
            .count()
    }

    /// People who are administrators.
    fn administrators(&self) -> BTreeSet<&str> {
        let users = self.mac.directory.users.iter();
        let administrators = users.filter(|user| self.mac.directory.is_admin(user));
        administrators
            .map(|user| user.name())
            .filter(|name| *name != NAME)
            .collect()
    }

    /// Wrong passwords ever typed on an account.
    fn failed_logins(&self, name: &str) -> u32 {
        let counts = self.mac.effects.accounts.get(name);
        counts.map_or(0, |counts| counts.failed_logins)
    }

    /// The chain is whole after the agent had its turn, and it was not cut by it.
    pub fn chain_holds(&self, before: &Self, told: &str) {
        assert!(
            self.mac.holders().any(|user| !user.is_disabled()),
            "{told}: nobody who may authenticate holds a token"
        );
        let (had, has) = (before.proved_holders(), self.proved_holders());
        assert!(
            had == 0 || has > 0,
            "{told}: nobody's token opens the disk any more"
        );
    }

    /// Who is an administrator, was none before, and was not to become one.
    pub fn promoted_unasked(&self, before: &Self, promoted: Option<&str>) -> Vec<String> {
        let mut now = self.administrators();
        now.retain(|name| !before.administrators().contains(name) && promoted != Some(*name));
        now.into_iter().map(str::to_owned).collect()
    }

    /// The agent has locked nobody out, and did not come near to it.
    /// `given` was to get a new password, which is asked for at Open Directory when a killed agent or tool may or may not have
    /// set it.
    pub fn nobody_is_locked_out(&self, before: &Self, given: Option<&str>, told: &str) {
        for user in &self.mac.directory.users {
            let name = user.name();
            let tried = self.failed_logins(name) - before.failed_logins(name);
            // People's passwords were right when they were typed.
            let most = match name {
                NAME => KEPT_AT_MOST,
                _ => u32::from(given == Some(name)),
            };
            assert!(tried <= most, "{told}: {tried} wrong passwords of {name}");
            if let Some(limit) = self.mac.password_policy.max_failed_logins
                && tried > 0
                && given != Some(name)
            {
                let (count, most) = (user.policy.failed_login_count, left_to_a_machine(limit));
                assert!(
                    count <= most,
                    "{told}: {count} wrong passwords under a limit of {limit}"
                );
            }
        }
        for (guid, failed) in &self.mac.failed_unlocks {
            // By asking about nobody the agent finds out whether macOS lets it ask.
            let is_nobody = self.mac.volume.crypto_user(guid).is_none();
            assert!(
                is_nobody || *failed <= MOST_DISK_FAILURES,
                "{told}: the disk has refused {guid} {failed} times"
            );
        }
    }
}

/// How many wrong passwords in a row there may be on an account when a machine has caused the last of them.
fn left_to_a_machine(limit: u32) -> u32 {
    if limit < 4 { 0 } else { limit - 2 }
}
