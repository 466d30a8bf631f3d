//! Accounts that were made administrators for the moment of a grant, and not yet proved to be standard again.
//!
//! A name is on the disk before the rights are given, and leaves it only when the Mac shows a standard account. What an
//! earlier run left behind is undone before anything else.

use std::collections::BTreeSet;
use std::io;
use std::path::PathBuf;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use mac::{AccountName, Runner, dscl, dseditgroup};

use crate::durable;
use crate::paths::Paths;

/// The group whose members are administrators.
pub(crate) const ADMIN: &str = "admin";

/// The promotions that are not proved to be undone.
#[derive(Debug, Clone, Default)]
pub struct Promotions {
    file: Option<PathBuf>,
    open: Arc<Mutex<BTreeSet<String>>>,
}

impl Promotions {
    /// Reads what an earlier run left behind.
    pub fn open(paths: &Paths) -> io::Result<Self> {
        let file = paths.promotions();
        let open: BTreeSet<String> = durable::read_json(&file)?.unwrap_or_default();
        Ok(Self {
            file: Some(file),
            open: Arc::new(Mutex::new(open)),
        })
    }

    /// Record names of accounts that may still have rights they were given in passing, sorted.
    pub fn unproved(&self) -> Vec<String> {
        self.names().iter().cloned().collect()
    }

    /// Makes `account` an administrator, having noted that first. Answers whether the Mac shows it as one.
    ///
    /// # Errors
    /// When the note could not be put on the disk. Nothing has been changed then.
    pub fn promote(&self, runner: &dyn Runner, account: &AccountName) -> io::Result<bool> {
        self.change(|names| names.insert(account.as_str().to_owned()))?;
        let changed = dseditgroup::add_member(runner, account, ADMIN);
        tracing::info!(%account, ?changed, "made an administrator for the moment of a grant");
        Ok(is_administrator(runner, account) == Some(true))
    }

    /// Makes `account` a standard account again. Answers whether the Mac shows it as one.
    ///
    /// # Errors
    /// When the note could not be taken off the disk. The account counts as unproved then.
    pub fn demote(&self, runner: &dyn Runner, account: &AccountName) -> io::Result<bool> {
        let changed = dseditgroup::remove_member(runner, account, ADMIN);
        tracing::info!(%account, ?changed, "made a standard account again");
        let proved = is_administrator(runner, account) == Some(false);
        if proved {
            self.change(|names| names.remove(account.as_str()))?;
        }
        Ok(proved)
    }

    /// Undoes what earlier runs left behind.
    ///
    /// # Errors
    /// As [`demote`](Self::demote).
    pub fn undo_all(&self, runner: &dyn Runner) -> io::Result<()> {
        for name in self.unproved() {
            if let Ok(account) = AccountName::new(&name) {
                self.demote(runner, &account)?;
            }
        }
        Ok(())
    }

    fn change(&self, change: impl FnOnce(&mut BTreeSet<String>) -> bool) -> io::Result<()> {
        let mut names = self.names();
        let mut changed = names.clone();
        if change(&mut changed) {
            if let Some(file) = &self.file {
                durable::write_json(file, &changed)?;
            }
            *names = changed;
        }
        Ok(())
    }

    fn names(&self) -> MutexGuard<'_, BTreeSet<String>> {
        // The set is replaced as a whole, after it is on the disk.
        self.open.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// Whether the admin group names the account, by record name or by GUID; `None` when the Mac did not tell.
pub(crate) fn is_administrator(runner: &dyn Runner, account: &AccountName) -> Option<bool> {
    let group = dscl::group(runner, ADMIN).ok()??;
    let user = dscl::user(runner, account).ok()?;
    let guid = user.and_then(|user| user.guid);
    let by_name = group.members.iter().any(|member| member == account.as_str());
    let by_guid = guid.is_some_and(|guid| {
        group
            .member_guids
            .iter()
            .any(|member| member.eq_ignore_ascii_case(&guid))
    });
    Some(by_name || by_guid)
}
