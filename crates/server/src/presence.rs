//! When each device was last heard of, and whether it has gone away. Known in memory; the time is written now and then, and
//! at shutdown.

use std::collections::HashMap;
use std::net::IpAddr;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use store::device::Calling;
use trust::id::{DeviceId, OrganizationId};
use trust::time::Timestamp;

use crate::app::SharedApp;

/// When each device was last heard of since the server started.
#[derive(Debug, Default)]
pub(crate) struct Presence(Mutex<HashMap<DeviceId, Seen>>);

#[derive(Debug, Clone, Copy)]
struct Seen {
    at: Timestamp,
    /// On how many connections it was the last to speak.
    connections: u32,
    /// Whether the last of its connections has ended and nothing was heard of it since.
    left: bool,
    written: bool,
}

impl Presence {
    /// Notes that the device was heard of.
    pub(crate) fn seen(&self, device_id: DeviceId, at: Timestamp) {
        let mut devices = self.lock();
        let seen = devices.entry(device_id).or_insert(Seen {
            at,
            connections: 0,
            left: false,
            written: false,
        });
        (seen.at, seen.left, seen.written) = (at, false, false);
    }

    /// When the device was last heard of.
    pub(crate) fn last_seen(&self, device_id: DeviceId) -> Option<Timestamp> {
        self.lock().get(&device_id).map(|seen| seen.at)
    }

    /// Whether its connections have ended and nothing was heard of it since.
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

    /// Notes that a device which was heard of has a connection more, or one less.
    fn count(&self, device_id: DeviceId, count: impl FnOnce(u32) -> u32) {
        if let Some(seen) = self.lock().get_mut(&device_id) {
            seen.connections = count(seen.connections);
        }
    }

    /// Notes that a connection of the device has ended: it was there up to now. Answers whether that was the last.
    fn ended(&self, device_id: DeviceId, at: Timestamp) -> bool {
        let mut devices = self.lock();
        let Some(seen) = devices.get_mut(&device_id) else {
            return false;
        };
        seen.connections -= 1;
        if seen.connections == 0 {
            (seen.at, seen.left, seen.written) = (at, true, false);
        }
        seen.left
    }

    fn lock(&self) -> MutexGuard<'_, HashMap<DeviceId, Seen>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// The other end of a connection: its address, and the device that spoke last. Each request has its connection's; when the
/// connection has ended, the device has gone away, unless it has another.
#[derive(Clone, Default)]
pub(crate) struct Speaker {
    address: Option<IpAddr>,
    device: Arc<Mutex<Option<Speaking>>>,
}

struct Speaking {
    app: SharedApp,
    organization_id: OrganizationId,
    device_id: DeviceId,
}

impl Speaker {
    /// The other end of a connection from this address.
    pub(crate) fn at(address: Option<IpAddr>) -> Self {
        Self {
            address,
            device: Arc::default(),
        }
    }

    /// From where the connection comes.
    pub(crate) fn address(&self) -> Option<IpAddr> {
        self.address
    }

    /// Notes that this device has spoken. Another that did before may be there still: what lies between may use one
    /// connection for many.
    pub(crate) fn is(&self, app: &SharedApp, device: &Calling) {
        let mut speaking = self.device.lock().unwrap_or_else(PoisonError::into_inner);
        let before = speaking.as_ref().map(|speaking| speaking.device_id);
        if before == Some(device.id) {
            return;
        }
        if let Some(before) = before {
            app.presence.count(before, |count| count - 1);
        }
        app.presence.count(device.id, |count| count + 1);
        *speaking = Some(Speaking {
            app: SharedApp::clone(app),
            organization_id: device.organization_id,
            device_id: device.id,
        });
    }

    /// The connection has ended.
    pub(crate) fn is_gone(&self) {
        let speaking = self.device.lock().unwrap_or_else(PoisonError::into_inner).take();
        if let Some(Speaking {
            app,
            organization_id,
            device_id,
        }) = speaking
            && app.presence.ended(device_id, app.now())
        {
            app.events.device(organization_id, device_id);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::{FakeMac, TestApp, healthy_mac};

    async fn enrolled(app: &TestApp, number: u64) -> Calling {
        let mac = app.enrolled(FakeMac::new(number, healthy_mac())).await;
        let device = store::device::find_calling(&app.app.store, mac.id()).await;
        device.unwrap().unwrap()
    }

    async fn is_online(app: &TestApp, device: &Calling) -> bool {
        let device = app
            .get(format!("/api/v1/devices/{}", device.id))
            .await
            .expect(200);
        device["online"] == true
    }

    #[tokio::test]
    async fn a_device_has_left_when_the_last_of_its_connections_has_ended() {
        let app = TestApp::start().await;
        let device = enrolled(&app, 1).await;
        let (first, second) = (Speaker::default(), Speaker::default());
        for speaker in [&first, &first, &second] {
            speaker.is(&app.app, &device);
        }
        first.is_gone();
        assert!(is_online(&app, &device).await);
        app.advance(std::time::Duration::from_secs(60));
        let mut events = app.app.events.watch();
        second.is_gone();
        assert!(!is_online(&app, &device).await);
        assert_eq!(app.app.presence.last_seen(device.id), Some(app.app.now()));
        events.try_recv().unwrap();
        app.app.heard_of(&device);
        assert!(is_online(&app, &device).await, "it is back");
        events.try_recv().unwrap();
        Speaker::default().is_gone();
    }

    #[tokio::test]
    async fn a_connection_that_others_use_as_well_tells_of_the_last_only() {
        let app = TestApp::start().await;
        let (one, other) = (enrolled(&app, 1).await, enrolled(&app, 2).await);
        let shared = Speaker::default();
        shared.is(&app.app, &one);
        shared.is(&app.app, &other);
        shared.is_gone();
        assert!(is_online(&app, &one).await);
        assert!(!is_online(&app, &other).await);
    }
}
