//! When each device was last heard of. Known in memory; written now and then, and at shutdown.

use std::collections::HashMap;
use std::sync::{Mutex, PoisonError};

use trust::id::DeviceId;
use trust::time::Timestamp;

/// When each device was last heard of since the server started.
#[derive(Debug, Default)]
pub(crate) struct Presence(Mutex<HashMap<DeviceId, Seen>>);

#[derive(Debug, Clone, Copy)]
struct Seen {
    at: Timestamp,
    written: bool,
}

impl Presence {
    /// Notes that the device was heard of.
    pub(crate) fn seen(&self, device_id: DeviceId, at: Timestamp) {
        let mut seen = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        seen.insert(device_id, Seen { at, written: false });
    }

    /// When the device was last heard of.
    pub(crate) fn last_seen(&self, device_id: DeviceId) -> Option<Timestamp> {
        let seen = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        seen.get(&device_id).map(|seen| seen.at)
    }

    /// What was not written yet. It counts as written from now on.
    pub(crate) fn take_unwritten(&self) -> Vec<(DeviceId, Timestamp)> {
        let mut seen = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        seen.iter_mut()
            .filter(|(_, seen)| !seen.written)
            .map(|(id, seen)| {
                seen.written = true;
                (*id, seen.at)
            })
            .collect()
    }
}
