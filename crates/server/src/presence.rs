//! When each device was last heard of, and whether it said goodbye. Known in memory; the time is written now and then, and
//! at shutdown.

use std::collections::HashMap;
use std::sync::{Mutex, MutexGuard, PoisonError};

use trust::id::DeviceId;
use trust::time::Timestamp;

/// When each device was last heard of since the server started.
#[derive(Debug, Default)]
pub(crate) struct Presence(Mutex<HashMap<DeviceId, Seen>>);

#[derive(Debug, Clone, Copy)]
struct Seen {
    at: Timestamp,
    /// Whether its stream has closed and nothing was heard of it since.
    left: bool,
    written: bool,
}

impl Presence {
    /// Notes that the device was heard of.
    pub(crate) fn seen(&self, device_id: DeviceId, at: Timestamp) {
        self.note(device_id, at, false);
    }

    /// Notes that the device's stream has closed: it was there up to now.
    pub(crate) fn left(&self, device_id: DeviceId, at: Timestamp) {
        self.note(device_id, at, true);
    }

    /// When the device was last heard of.
    pub(crate) fn last_seen(&self, device_id: DeviceId) -> Option<Timestamp> {
        self.lock().get(&device_id).map(|seen| seen.at)
    }

    /// Whether its stream has closed and nothing was heard of it since.
    pub(crate) fn has_left(&self, device_id: DeviceId) -> bool {
        self.lock().get(&device_id).is_some_and(|seen| seen.left)
    }

    /// What was not written yet. It counts as written from now on.
    pub(crate) fn take_unwritten(&self) -> Vec<(DeviceId, Timestamp)> {
        self.lock()
            .iter_mut()
            .filter(|(_, seen)| !seen.written)
            .map(|(id, seen)| {
                seen.written = true;
                (*id, seen.at)
            })
            .collect()
    }

    fn note(&self, device_id: DeviceId, at: Timestamp, left: bool) {
        let written = false;
        self.lock().insert(device_id, Seen { at, left, written });
    }

    fn lock(&self) -> MutexGuard<'_, HashMap<DeviceId, Seen>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
