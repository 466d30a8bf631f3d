//! What a collected secret is worth now.

use store::collected_secret::{CollectedSecret, Recipient};
use store::device::Device;
use trust::enrolment::{Collection, CollectionState};

use crate::app::App;

/// A collected secret as it is told. `device` is the approved device that has its serial number.
pub(crate) fn collection(app: &App, secret: &CollectedSecret, device: Option<&Device>) -> Collection {
    Collection {
        attribute: secret.attribute.clone(),
        id: secret.id,
        collected_at: secret.collected_at,
        state: state(app, secret, device),
    }
}

fn state(app: &App, secret: &CollectedSecret, device: Option<&Device>) -> CollectionState {
    match secret.sealed_to {
        Recipient::Device(id) => {
            let has_its_key = |device: &Device| device.id == id && device.sealing_key == secret.sealing_key;
            if device.is_some_and(has_its_key) {
                CollectionState::Ready
            } else {
                CollectionState::Stale
            }
        }
        Recipient::Vault { expires_at } if secret.sealed.is_none() || expires_at <= app.now() => {
            CollectionState::Expired
        }
        // Without the key that it was sealed to, it cannot be sealed anew when its Mac comes.
        Recipient::Vault { .. } if secret.sealing_key != *app.vault.public_key() => CollectionState::Stale,
        Recipient::Vault { expires_at } => CollectionState::WaitsForMac { until: expires_at },
    }
}
