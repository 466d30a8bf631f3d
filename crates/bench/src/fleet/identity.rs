//! What a Mac sends to enrol.

use agent::identity::Keys;
use secrecy::{ExposeSecret as _, SecretString};
use trust::observation::Hardware;
use wire::agent_api::{Enroll, EnrolmentIdentity};

/// The version that the agents of the fleet tell.
pub(crate) const AGENT_VERSION: &str = env!("CARGO_PKG_VERSION");

/// The request to enrol a Mac under `name`.
pub(super) fn enrolment(name: &str, hardware: &Hardware, keys: &Keys, secret: &SecretString) -> Enroll {
    let identity = EnrolmentIdentity {
        serial_number: hardware.serial_number.clone(),
        hardware_uuid: hardware.hardware_uuid.clone(),
        name: name.to_owned(),
        agent_version: AGENT_VERSION.to_owned(),
        signing_key: keys.signing.public_key(),
        sealing_key: keys.sealing.public_key(),
    };
    Enroll {
        secret: secret.expose_secret().to_owned(),
        proof: keys.signing.sign(&identity.proof_message()),
        previous: None,
        identity,
    }
}
