//! The bell: wakes the stream of a device's agent. It carries nothing; what waits is in the store.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use tokio::sync::watch;
use trust::id::DeviceId;

/// Rings for the agents that hold a stream on this server.
#[derive(Debug, Clone, Default)]
pub(crate) struct Bell(Arc<Mutex<HashMap<DeviceId, watch::Sender<u64>>>>);

impl Bell {
    /// Listens for a device, as long as the listener lives. It has been rung for already: what came before the stream
    /// must not wait.
    pub(crate) fn listen(&self, device_id: DeviceId) -> Listener {
        let mut senders = self.lock();
        let sender = senders.entry(device_id).or_insert_with(|| watch::Sender::new(0));
        let mut rings = sender.subscribe();
        rings.mark_changed();
        Listener {
            device_id,
            rings,
            bell: self.clone(),
        }
    }

    /// Asks the device's agent to look in, if it listens.
    pub(crate) fn ring(&self, device_id: DeviceId) {
        if let Some(sender) = self.lock().get(&device_id) {
            sender.send_modify(|rings| *rings += 1);
        }
    }

    /// Whether the device's agent listens.
    pub(crate) fn is_connected(&self, device_id: DeviceId) -> bool {
        self.lock().contains_key(&device_id)
    }

    fn lock(&self) -> MutexGuard<'_, HashMap<DeviceId, watch::Sender<u64>>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// One stream that listens.
#[derive(Debug)]
pub(crate) struct Listener {
    device_id: DeviceId,
    rings: watch::Receiver<u64>,
    bell: Bell,
}

impl Listener {
    /// Waits for the next ring. Several rings in between are one.
    pub(crate) async fn rung(&mut self) {
        // The sender lives in the bell, which the listener holds: the channel cannot be closed.
        let _ = self.rings.changed().await;
    }
}

impl Drop for Listener {
    fn drop(&mut self) {
        let mut senders = self.bell.lock();
        let is_last = senders
            .get(&self.device_id)
            .is_some_and(|sender| sender.receiver_count() <= 1);
        if is_last {
            senders.remove(&self.device_id);
        }
    }
}

#[cfg(test)]
mod tests {
    use newtype_uuid::GenericUuid as _;
    use uuid::Uuid;

    use super::*;

    #[tokio::test]
    async fn a_listener_hears_every_ring_even_when_it_was_not_listening_then() {
        let (bell, device) = (Bell::default(), DeviceId::from_untyped_uuid(Uuid::from_u128(1)));
        let mut listener = bell.listen(device);
        listener.rung().await;
        bell.ring(device);
        bell.ring(device);
        listener.rung().await;
        assert!(!listener.rings.has_changed().unwrap());
    }

    #[test]
    fn a_device_is_connected_as_long_as_one_of_its_streams_is() {
        let (bell, device) = (Bell::default(), DeviceId::from_untyped_uuid(Uuid::from_u128(1)));
        assert!(!bell.is_connected(device));
        let first = bell.listen(device);
        let second = bell.listen(device);
        drop(first);
        assert!(bell.is_connected(device));
        drop(second);
        assert!(!bell.is_connected(device));
        bell.ring(device);
    }
}
