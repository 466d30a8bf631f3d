//! Password policies: what a new password must look like, how long it lasts, and how many wrong ones an account survives.

mod demand;
mod expression;

use serde::{Deserialize, Serialize};

pub use demand::PasswordDemand;
pub use expression::{Expression, NotAnExpression};

use super::account_policy_data::AccountPolicyData;
use super::clock::UnixMillis;

/// Where a demand comes from; this decides its identifier.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum DemandOrigin {
    /// Built into macOS.
    BuiltIn,
    /// A passcode payload of this profile.
    Profile(String),
    /// Written by hand with `pwpolicy -setaccountpolicies`.
    Local,
}

/// The effective global policy.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct PasswordPolicy {
    /// Demands with their origin, in the order `pwpolicy` prints them.
    pub demands: Vec<(PasswordDemand, DemandOrigin)>,
    /// After so many wrong passwords the account is locked.
    pub max_failed_logins: Option<u32>,
    /// A locked account opens this many minutes after the last wrong password; by itself never if `None`.
    pub failed_login_reset_minutes: Option<u32>,
    /// Passwords older than this many days have expired.
    pub max_age_days: Option<u32>,
    /// People cannot change a password again before it is this many hours old.
    pub min_age_hours: Option<u32>,
    /// People cannot change to one of their last so many passwords.
    pub history: Option<usize>,
}

impl PasswordPolicy {
    /// Whether `password` is what a new one must look like.
    #[must_use]
    pub fn allows(&self, password: &str) -> bool {
        self.demands.iter().all(|(demand, _)| demand.is_met(password))
    }

    /// Whether the last password is too young to be changed by whom it belongs to.
    #[must_use]
    pub fn is_too_young(&self, account: &AccountPolicyData, now: UnixMillis) -> bool {
        let age = account.password_last_set_time.map(|set| now.0 - set.0);
        let least = self.min_age_hours.map(|hours| i64::from(hours) * 3_600_000);
        age.zip(least).is_some_and(|(age, least)| age <= least)
    }

    /// Whether the password has to be changed before it is good for anything else.
    #[must_use]
    pub fn has_expired(&self, account: &AccountPolicyData, now: UnixMillis) -> bool {
        let age = account.password_last_set_time.map(|set| now.0 - set.0);
        let most = self.max_age_days.map(|days| i64::from(days) * 86_400_000);
        age.zip(most).is_some_and(|(age, most)| age > most)
    }

    /// Whether wrong passwords have locked the account.
    #[must_use]
    pub fn is_locked(&self, account: &AccountPolicyData, now: UnixMillis) -> bool {
        let since = account.failed_login_timestamp.map(|last| now.0 - last.0);
        let lasts = self
            .failed_login_reset_minutes
            .map(|minutes| i64::from(minutes) * 60_000);
        let is_over = since.zip(lasts).is_some_and(|(since, lasts)| since > lasts);
        self.max_failed_logins
            .is_some_and(|limit| account.failed_login_count >= limit)
            && !is_over
    }
}
