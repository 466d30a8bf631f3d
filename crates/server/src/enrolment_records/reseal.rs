//! Sealing what waited for a Mac to the key that it has now.

use store::collected_secret::{CollectedSecret, Recipient, Reseal};
use store::device::Device;
use trust::enrolment::{AttributeName, SerialNumber};
use trust::id::{CollectionId, DeviceId};
use wire::collected::CollectedRef;
use wire::seal::{Sealed, seal};

use crate::app::App;
use crate::problem::Problem;

/// How many devices one turn of the job serves.
const MOST_DEVICES: u32 = 100;

/// Seals what waits for the device to its key, when it is approved, and destroys what waited.
pub(crate) async fn reseal(app: &App, device_id: DeviceId) -> Result<(), Problem> {
    let Some(waiting) = store::collected_secret::waiting_for(&app.store, device_id).await? else {
        return Ok(());
    };
    let device = &waiting.device;
    let seals: Vec<_> = waiting
        .secrets
        .iter()
        .filter_map(|secret| sealed_anew(app, device, secret))
        .collect();
    if seals.is_empty() {
        return Ok(());
    }
    let count = seals.len();
    let reseal = Reseal {
        device: waiting.device,
        seals,
        at: app.now(),
    };
    store::collected_secret::reseal(&app.store, &reseal).await?;
    tracing::info!(device = %device_id, count, "collected secrets sealed to the device");
    Ok(())
}

/// Serves devices for which a server that was ended in between has left something waiting.
pub(crate) async fn reseal_left(app: &App) -> Result<(), Problem> {
    for device_id in store::collected_secret::awaited_devices(&app.store, MOST_DEVICES).await? {
        reseal(app, device_id).await?;
    }
    Ok(())
}

/// The secret, sealed to the device; `None` when its time has run out or this vault cannot open it.
fn sealed_anew(
    app: &App,
    device: &Device,
    secret: &CollectedSecret,
) -> Option<(AttributeName, CollectionId, Sealed)> {
    let Recipient::Vault { expires_at } = secret.sealed_to else {
        return None;
    };
    if expires_at <= app.now() {
        return None;
    }
    let reference = CollectedRef {
        attribute: secret.attribute.clone(),
        collection_id: secret.id,
    };
    let serial_number: SerialNumber = device.serial_number.parse().ok()?;
    let organization_id = device.organization_id;
    let opened = app
        .vault
        .open_sealed(secret.sealed.as_ref()?, &reference, organization_id, &serial_number)
        .inspect_err(|error| {
            tracing::warn!(device = %device.id, %error, "a collected secret does not open with the vault's key");
        })
        .ok()?;
    let bound_to = reference.associated_data(organization_id, device.id);
    let sealed = seal(&device.sealing_key, &opened, &bound_to, &mut *app.entropy.lock()).ok()?;
    Some((reference.attribute, reference.collection_id, sealed))
}
