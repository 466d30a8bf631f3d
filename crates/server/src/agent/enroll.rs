//! `POST /agent/v1/enroll`: a Mac becomes a device.
//!
//! The secret admits a new Mac only. Whoever has the serial number or the hardware UUID of a known device takes its place
//! with that device's old key, or waits for an administrator.

use axum::Json;
use axum::extract::State;
use axum::http::StatusCode;
use store::enrolment::{Enrolled as Outcome, NewEnrolment};
use store::enrolment_secret::EnrolmentSecret;
use trust::admission::{Admission, admit};
use trust::code::Code;
use trust::id::DeviceId;
use wire::agent_api::{Enroll, Enrolled, EnrolmentIdentity, PreviousIdentity};

use super::body::AgentBody;
use crate::app::{App, SharedApp};
use crate::problem::Problem;
use crate::token;

/// How often an enrolment is decided anew because another one came in between.
const TRIES: usize = 3;

/// Bytes of an X25519 public key.
const SEALING_KEY_LENGTH: usize = 32;

/// Enrols a Mac.
pub(crate) async fn enroll(
    State(app): State<SharedApp>,
    AgentBody(asked): AgentBody<Enroll>,
) -> Result<Json<Enrolled>, Problem> {
    check_identity(&asked)?;
    let hash = token::hash(&asked.secret);
    let secret = store::enrolment_secret::find(&app.store, &hash)
        .await?
        .ok_or_else(secret_invalid)?;
    if let Some(enrolled) = enrolled_before(&app, &secret, &asked.identity).await? {
        return Ok(Json(enrolled));
    }
    let proved = match &asked.previous {
        Some(previous) => proved_device(&app, &secret, &asked.identity, previous).await?,
        None => None,
    };
    for _ in 0..TRIES {
        let admission = admission(&app, &secret, &asked.identity, proved).await?;
        let new = NewEnrolment {
            organization_id: secret.organization_id,
            secret_hash: hash.clone(),
            identity: &asked.identity,
            admission,
            new_id: app.entropy.id(app.now()),
            at: app.now(),
        };
        match store::enrolment::enrol(&app.store, &new).await? {
            Outcome::Device { id, pending, ended } => {
                tracing::info!(device = %id, pending, "device enrolled");
                for changed in ended {
                    app.events.action(changed);
                }
                app.events.device(secret.organization_id, id);
                return Ok(Json(answer(&app, &secret, id, pending)));
            }
            Outcome::SecretInvalid => return Err(secret_invalid()),
            Outcome::Conflict => {}
        }
    }
    Err(secret_invalid())
}

/// Checks that the Mac holds the keys that it names.
fn check_identity(asked: &Enroll) -> Result<(), Problem> {
    let identity = &asked.identity;
    if identity.serial_number.is_empty() || identity.hardware_uuid.is_empty() {
        return Err(Problem::invalid(
            "identity",
            "names serial number and hardware UUID",
        ));
    }
    if identity.sealing_key.0.0.len() != SEALING_KEY_LENGTH {
        return Err(Problem::invalid("identity.sealing_key", "has 32 bytes"));
    }
    identity
        .signing_key
        .verify(&identity.proof_message(), &asked.proof)
        .map_err(|_| Problem::invalid("proof", "is the signing key's signature of the identity"))
}

/// The answer that was lost, when this very Mac has used the secret already.
async fn enrolled_before(
    app: &App,
    secret: &EnrolmentSecret,
    identity: &EnrolmentIdentity,
) -> Result<Option<Enrolled>, Problem> {
    let Some(id) = secret.used_by else {
        return Ok(None);
    };
    let device = store::device::find(&app.store, id).await?;
    Ok(device
        .filter(|device| {
            device.signing_key == identity.signing_key && device.sealing_key == identity.sealing_key
        })
        .map(|device| answer(app, secret, device.id, device.pending)))
}

/// The device that the Mac was before, when it proves that with the old key. A device that this server does not know
/// proves nothing; a wrong signature is refused.
async fn proved_device(
    app: &App,
    secret: &EnrolmentSecret,
    identity: &EnrolmentIdentity,
    previous: &PreviousIdentity,
) -> Result<Option<DeviceId>, Problem> {
    let found = store::device::find_of(&app.store, secret.organization_id, previous.device_id).await?;
    let Some(device) = found else {
        return Ok(None);
    };
    device
        .signing_key
        .verify(&identity.proof_message(), &previous.proof)
        .map_err(|_| Problem::unauthorized(Code::DeviceTokenInvalid))?;
    Ok(Some(device.id))
}

async fn admission(
    app: &App,
    secret: &EnrolmentSecret,
    identity: &EnrolmentIdentity,
    proved: Option<DeviceId>,
) -> Result<Admission, Problem> {
    let known = store::device::known(
        &app.store,
        secret.organization_id,
        &identity.serial_number,
        &identity.hardware_uuid,
    )
    .await?;
    Ok(admit(&known, proved))
}

fn answer(app: &App, secret: &EnrolmentSecret, device_id: DeviceId, pending: bool) -> Enrolled {
    Enrolled {
        device_id,
        organization_id: secret.organization_id,
        pending,
        server_time: app.now(),
    }
}

fn secret_invalid() -> Problem {
    Problem::new(StatusCode::FORBIDDEN, Code::EnrolmentSecretInvalid)
}
