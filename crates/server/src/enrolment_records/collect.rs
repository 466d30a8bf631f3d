//! The edge at which a collected secret ends: it is sealed to the key of its Mac, or to the vault's while there is none, and
//! dropped.

use secrecy::SecretString;
use store::collected_secret::{CollectedSecret, Recipient};
use store::device::Device;
use trust::enrolment::{AttributeName, SerialNumber};
use trust::id::OrganizationId;
use wire::collected::CollectedRef;
use wire::seal::seal;

use crate::app::App;
use crate::problem::Problem;

/// Seals a secret that was given for the Mac of a serial number. `device` is the approved device that has it.
pub(crate) fn collect(
    app: &App,
    organization_id: OrganizationId,
    serial_number: &SerialNumber,
    device: Option<&Device>,
    attribute: &AttributeName,
    secret: &SecretString,
) -> Result<CollectedSecret, Problem> {
    let now = app.now();
    let reference = CollectedRef {
        attribute: attribute.clone(),
        collection_id: app.entropy.id(now),
    };
    let (sealed_to, sealing_key, sealed) = match device {
        Some(device) => {
            let bound_to = reference.associated_data(organization_id, device.id);
            let sealed = seal(&device.sealing_key, secret, &bound_to, &mut *app.entropy.lock());
            (Recipient::Device(device.id), &device.sealing_key, sealed)
        }
        None => {
            let expires_at = now.plus(app.settings.secrets_wait_for);
            let sealed = app
                .vault
                .seal(secret, &reference, organization_id, serial_number, &app.entropy);
            (Recipient::Vault { expires_at }, app.vault.public_key(), sealed)
        }
    };
    Ok(CollectedSecret {
        attribute: reference.attribute,
        id: reference.collection_id,
        collected_at: now,
        sealed_to,
        sealing_key: sealing_key.clone(),
        sealed: Some(sealed.map_err(|error| Problem::internal(&error))?),
    })
}
