//! A journal that outlives its agent, and not the process.

use std::collections::BTreeMap;
use std::sync::{Mutex, MutexGuard, PoisonError};

use agent::journal::Journaled;
use trust::id::ActionId;

/// What an agent remembers of actions.
#[derive(Debug, Default)]
pub(super) struct MemoryJournal(Mutex<BTreeMap<ActionId, Journaled>>);

impl MemoryJournal {
    pub(super) fn record(&self, what: &Journaled) {
        self.lock().insert(what.id(), what.clone());
    }

    pub(super) fn forget(&self, id: ActionId) {
        self.lock().remove(&id);
    }

    /// Everything that is remembered, oldest first.
    pub(super) fn remembered(&self) -> Vec<Journaled> {
        self.lock().values().cloned().collect()
    }

    fn lock(&self) -> MutexGuard<'_, BTreeMap<ActionId, Journaled>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
