//! The secret of a second factor in the vault's keeping.

use secrecy::SecretString;
use store::second_factor::{NewSecondFactor, SecondFactor};
use trust::id::{OrganizationId, PersonId};
use trust::time::Timestamp;

use crate::app::App;
use crate::problem::Problem;
use crate::vault::{OfPerson, encrypt, open};

/// Encrypts a secret for a person.
pub(super) async fn encrypted(
    app: &App,
    (organization_id, person_id): (OrganizationId, PersonId),
    secret: &SecretString,
    at: Timestamp,
) -> Result<NewSecondFactor, Problem> {
    let bound = OfPerson {
        organization_id,
        person_id,
    };
    let kept = encrypt(secret, &bound, app.escrow_keys.as_ref(), &app.entropy).await;
    let (ciphertext, data_key) = kept.map_err(|error| Problem::internal(&error))?;
    Ok(NewSecondFactor {
        organization_id,
        person_id,
        ciphertext,
        data_key,
        at,
    })
}

/// Decrypts what [`encrypted`] made.
pub(super) async fn decrypted(
    app: &App,
    (organization_id, person_id): (OrganizationId, PersonId),
    kept: &SecondFactor,
) -> Result<SecretString, Problem> {
    let bound = OfPerson {
        organization_id,
        person_id,
    };
    let secret = open(&kept.ciphertext, &kept.data_key, &bound, app.escrow_keys.as_ref()).await;
    secret.map_err(|error| Problem::internal(&error))
}
