//! The ledger of password tries: what keeps an agent from locking an account out.
//!
//! A machine tries a password that was refused not again before the account's password has changed, and stays two wrong
//! tries below what the Mac's policy allows; how many that leaves is told by the policy
//! ([`PolicyOutlook::machine_attempts`](crate::observation::PolicyOutlook)), and what others have tried counts, too. A password that a person typed gets its one
//! try. The disk's failures are counted by the Secure Enclave, so nobody causes more than two of them on an account between
//! two starts of the Mac.
//!
//! A try is written down before it is made ([`Ledger::begin`]). One whose end was never written counts as refused.

use serde::{Deserialize, Serialize};

use crate::lock_out::LockOut;
use crate::time::Timestamp;

/// The most refusals by the disk on one account between two starts of the Mac.
pub const MOST_DISK_FAILURES: usize = 2;

/// A try that is about to be made.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Try {
    /// GUID of the account.
    pub account: String,
    /// Who answers.
    pub door: Door,
    /// Which password it is, without telling anything about it: the slot it is kept in, or the action that brought it.
    pub credential: String,
    /// Who causes it.
    pub cause: Cause,
    /// When the account's password was set.
    pub password_set_at: Option<Timestamp>,
    /// When the Mac was started.
    pub booted_at: Timestamp,
    /// When it is made.
    pub at: Timestamp,
    /// Wrong passwords in a row that Open Directory has counted on the account before, whoever typed them. Asked for only
    /// where a limit makes it matter.
    #[serde(default)]
    pub counted: u32,
}

/// Who answers a try.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Door {
    /// Open Directory.
    Local,
    /// The disk.
    Disk,
}

/// Who causes a try.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Cause {
    /// The agent, by itself.
    Machine,
    /// A person who typed the password.
    Person,
}

/// Why a try must not be made.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum Barred {
    /// This password was refused, and the account's has not changed since.
    #[error("this password was refused before, and the account's has not changed since")]
    RefusedBefore,
    /// macOS has locked the account: it refuses the right password as well.
    #[error("macOS has locked the account after {} wrong passwords, {}", .0.failures, .0.until())]
    LockedOut(LockOut),
    /// One more wrong password could bring the account too near to being locked. No time sets the count back.
    #[error(
        "{spent} wrong passwords in a row are on record, and the Mac's policy leaves a machine {budget}; a login with the right \
         password sets that back, and so does a new password"
    )]
    BudgetSpent {
        /// Wrong passwords in a row that are on record.
        spent: u32,
        /// How many the policy leaves a machine.
        budget: u32,
    },
    /// The disk has refused as often as it may before the next restart.
    #[error(
        "the disk has refused this account {MOST_DISK_FAILURES} times since the Mac was started; it may be asked again after the \
         next restart"
    )]
    DiskSpent,
}

/// One try on record.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
struct Entry {
    tried: Try,
    /// `None` while its end is not known, which counts as refused.
    taken: Option<bool>,
}

impl Entry {
    fn is_failure(&self) -> bool {
        self.taken != Some(true)
    }
}

/// A try that was written down.
#[derive(Debug, PartialEq, Eq)]
#[must_use = "a try whose end is not written down counts as refused"]
pub struct Ticket(Try);

/// Tries on record, oldest first. What no rule asks for any more is dropped.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, Default)]
#[serde(transparent)]
pub struct Ledger(Vec<Entry>);

/// Whether an account may be tried at all at `now`, whoever causes it. One that is locked may not before it is opened: the
/// answer would be no, and each no may lock it for longer.
///
/// # Errors
/// When it is locked, with the time at which it may be tried again, where that is known.
pub fn not_locked(lock_out: Option<LockOut>, now: Timestamp) -> Result<(), Barred> {
    match lock_out.filter(|lock_out| lock_out.holds_at(now)) {
        Some(lock_out) => Err(Barred::LockedOut(lock_out)),
        None => Ok(()),
    }
}

impl Ledger {
    /// Whether a try may be made. `budget` is how many wrong passwords in a row a machine may cause on the account; `None`
    /// is without limit.
    ///
    /// # Errors
    /// When it must not be made, with the rule.
    pub fn may_try(&self, planned: &Try, budget: Option<u32>) -> Result<(), Barred> {
        if planned.door == Door::Disk && self.disk_failures(planned) >= MOST_DISK_FAILURES {
            return Err(Barred::DiskSpent);
        }
        if planned.cause == Cause::Person {
            return Ok(());
        }
        if self.was_refused(planned) {
            return Err(Barred::RefusedBefore);
        }
        let own = self.failures_in_a_row(&planned.account, planned.password_set_at);
        let spent = own.max(planned.counted);
        match budget {
            Some(budget) if planned.door == Door::Local && spent >= budget => {
                Err(Barred::BudgetSpent { spent, budget })
            }
            _ => Ok(()),
        }
    }

    /// Writes a try down. It is made only once the ledger is on disk.
    pub fn begin(&mut self, planned: Try) -> Ticket {
        self.drop_what_has_lapsed(&planned);
        self.0.push(Entry {
            tried: planned.clone(),
            taken: None,
        });
        Ticket(planned)
    }

    /// Writes down how a try ended; `None` when there was no answer that can be relied on.
    pub fn end(&mut self, ticket: &Ticket, taken: Option<bool>) {
        let entry = self.0.iter_mut().rev().find(|entry| entry.tried == ticket.0);
        if let Some(entry) = entry {
            entry.taken = taken;
        }
    }

    /// Wrong passwords in a row on record for Open Directory, since the last right one and since the password was set.
    pub fn failures_in_a_row(&self, account: &str, password_set_at: Option<Timestamp>) -> u32 {
        let of_account = self.0.iter().rev().filter(|entry| {
            entry.tried.door == Door::Local
                && entry.tried.account == account
                && entry.tried.password_set_at == password_set_at
        });
        let failures = of_account.take_while(|entry| entry.is_failure()).count();
        u32::try_from(failures).unwrap_or(u32::MAX)
    }

    /// How many more wrong passwords a machine may cause on the account; `None` is without limit.
    pub fn left_to_a_machine(
        &self,
        account: &str,
        password_set_at: Option<Timestamp>,
        budget: Option<u32>,
    ) -> Option<u32> {
        budget.map(|budget| budget.saturating_sub(self.failures_in_a_row(account, password_set_at)))
    }

    fn disk_failures(&self, planned: &Try) -> usize {
        let same = |entry: &&Entry| {
            entry.tried.door == Door::Disk
                && entry.tried.account == planned.account
                && entry.tried.booted_at == planned.booted_at
        };
        let failures = self.0.iter().filter(same);
        failures.filter(|entry| entry.is_failure()).count()
    }

    fn was_refused(&self, planned: &Try) -> bool {
        self.0.iter().any(|entry| {
            entry.taken == Some(false)
                && (&entry.tried.account, entry.tried.door, &entry.tried.credential)
                    == (&planned.account, planned.door, &planned.credential)
                && entry.tried.password_set_at == planned.password_set_at
        })
    }

    /// Drops what an earlier password or an earlier start of the Mac has left. A refusal by Open Directory stands until the
    /// password changes, one by the disk until the next start at least.
    fn drop_what_has_lapsed(&mut self, now: &Try) {
        self.0.retain(|entry| {
            let other_account = entry.tried.account != now.account;
            let same_password = entry.tried.password_set_at == now.password_set_at;
            let same_boot = entry.tried.door == Door::Disk && entry.tried.booted_at == now.booted_at;
            let repeated_success = entry.taken == Some(true)
                && (entry.tried.door, &entry.tried.credential) == (now.door, &now.credential);
            other_account || (same_password && !repeated_success) || (same_boot && entry.is_failure())
        });
    }
}
