//! The bell: tells a device's agent that something waits. It carries nothing; what waits is in the store.
//!
//! Rings are counted over all devices. Whoever has read the count and then the store has missed nothing up to it, and
//! listens for what comes after.

use std::collections::HashMap;
use std::pin::pin;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use tokio::sync::Notify;
use trust::id::DeviceId;
use trust::time::Timestamp;

/// Rings for the agents that listen to this server.
#[derive(Debug, Clone)]
pub(crate) struct Bell(Arc<Mutex<Lines>>);

#[derive(Debug)]
struct Lines {
    /// The count before the first ring. What was counted by an earlier server is less.
    begun: u64,
    count: u64,
    of: HashMap<DeviceId, Line>,
}

/// What is known of one device. It is kept from its first ring on, for those who listen later.
#[derive(Debug, Default)]
struct Line {
    /// The count at the last ring; `None` when it never rang.
    rung: Option<u64>,
    listeners: u32,
    wake: Arc<Notify>,
}

impl Bell {
    /// A bell of a server that starts now.
    pub(crate) fn new(now: Timestamp) -> Self {
        // No server rings more than a million times a second.
        let begun = u64::try_from(now.as_millis()).unwrap_or_default() * 1_000;
        Self(Arc::new(Mutex::new(Lines {
            begun,
            count: begun,
            of: HashMap::new(),
        })))
    }

    /// How many rings there have been.
    pub(crate) fn count(&self) -> u64 {
        self.lock().count
    }

    /// Listens for rings of a device that came after `count`, as long as the listener lives. A count that is not of this
    /// server was missed something by: it has rung.
    pub(crate) fn listen(&self, device_id: DeviceId, count: u64) -> Listener {
        let mut lines = self.lock();
        let is_known = (lines.begun..=lines.count).contains(&count);
        let line = lines.of.entry(device_id).or_default();
        line.listeners += 1;
        Listener {
            device_id,
            heard: is_known.then_some(count),
            wake: Arc::clone(&line.wake),
            bell: self.clone(),
        }
    }

    /// Asks the device's agent to look in.
    pub(crate) fn ring(&self, device_id: DeviceId) {
        let mut lines = self.lock();
        lines.count += 1;
        let count = lines.count;
        let line = lines.of.entry(device_id).or_default();
        line.rung = Some(count);
        line.wake.notify_waiters();
    }

    /// Whether the device's agent listens.
    pub(crate) fn is_heard(&self, device_id: DeviceId) -> bool {
        self.lock()
            .of
            .get(&device_id)
            .is_some_and(|line| line.listeners > 0)
    }

    fn lock(&self) -> MutexGuard<'_, Lines> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// One who listens.
#[derive(Debug)]
pub(crate) struct Listener {
    device_id: DeviceId,
    /// Up to where it has heard everything; `None` when that is not known.
    heard: Option<u64>,
    wake: Arc<Notify>,
    bell: Bell,
}

impl Listener {
    /// Waits for the next ring. Several rings in between are one.
    pub(crate) async fn rung(&mut self) {
        let wake = Arc::clone(&self.wake);
        loop {
            let mut woken = pin!(wake.notified());
            woken.as_mut().enable();
            if self.has_rung() {
                return;
            }
            woken.await;
        }
    }

    fn has_rung(&mut self) -> bool {
        let lines = self.bell.lock();
        let rung = lines.of.get(&self.device_id).and_then(|line| line.rung);
        let has_rung = self.heard.is_none_or(|heard| rung > Some(heard));
        let count = lines.count;
        drop(lines);
        if has_rung {
            self.heard = Some(count);
        }
        has_rung
    }
}

impl Drop for Listener {
    fn drop(&mut self) {
        let mut lines = self.bell.lock();
        if let Some(line) = lines.of.get_mut(&self.device_id) {
            line.listeners -= 1;
            if line.listeners == 0 && line.rung.is_none() {
                lines.of.remove(&self.device_id);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use futures_util::FutureExt as _;
    use newtype_uuid::GenericUuid as _;
    use uuid::Uuid;

    use super::*;

    fn bell() -> (Bell, DeviceId) {
        (
            Bell::new(Timestamp(1_000)),
            DeviceId::from_untyped_uuid(Uuid::from_u128(1)),
        )
    }

    fn has_rung(listener: &mut Listener) -> bool {
        listener.rung().now_or_never().is_some()
    }

    #[tokio::test]
    async fn rings_after_the_count_are_heard_whenever_they_came() {
        let (bell, device) = bell();
        let count = bell.count();
        bell.ring(device);
        bell.ring(device);
        let mut listener = bell.listen(device, count);
        assert!(has_rung(&mut listener));
        assert!(!has_rung(&mut listener), "two rings were one");
        assert!(!has_rung(&mut bell.listen(device, bell.count())));
        let rings = bell.clone();
        let ((), ()) = tokio::join!(listener.rung(), async move { rings.ring(device) });
    }

    #[test]
    fn another_device_is_not_meant() {
        let (bell, device) = bell();
        let mut listener = bell.listen(device, bell.count());
        bell.ring(DeviceId::from_untyped_uuid(Uuid::from_u128(2)));
        assert!(!has_rung(&mut listener));
    }

    #[test]
    fn a_count_of_another_server_has_missed_something() {
        let (earlier, device) = bell();
        let now = Bell::new(Timestamp(1_001));
        assert!(has_rung(&mut now.listen(device, earlier.count())));
        assert!(has_rung(&mut earlier.listen(device, now.count())));
        assert!(!has_rung(&mut now.listen(device, now.count())));
    }

    #[test]
    fn a_device_is_there_as_long_as_somebody_listens() {
        let (bell, device) = bell();
        assert!(!bell.is_heard(device));
        bell.ring(device);
        assert!(!bell.is_heard(device));
        let first = bell.listen(device, bell.count());
        let second = bell.listen(device, bell.count());
        drop(first);
        assert!(bell.is_heard(device));
        drop(second);
        assert!(!bell.is_heard(device));
    }
}
