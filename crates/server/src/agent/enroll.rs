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
use crate::enrolment_records::reseal::reseal;
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
    let identity = as_kept(&asked.identity);
    let hash = token::hash(&asked.secret);
    let secret = store::enrolment_secret::find(&app.store, &hash)
        .await?
        .ok_or_else(secret_invalid)?;
    if let Some(enrolled) = enrolled_before(&app, &secret, &identity).await? {
        return Ok(Json(enrolled));
    }
    let proved = match &asked.previous {
        Some(previous) => proved_device(&app, &secret, &asked.identity, previous).await?,
        None => None,
    };
    for _ in 0..TRIES {
        let admission = admission(&app, &secret, &identity, proved).await?;
        let new = NewEnrolment {
            organization_id: secret.organization_id,
            secret_hash: hash.clone(),
            identity: &identity,
            admission,
            new_id: app.entropy.id(app.now()),
            at: app.now(),
        };
        match store::enrolment::enrol(&app.store, &new).await? {
            Outcome::Device { id, pending, ended } => {
                tracing::info!(device = %id, pending, "device enrolled");
                for changed in ended {
                    app.action_changed(changed);
                }
                app.events.device(secret.organization_id, id);
                // The Mac is enrolled whatever comes of this; a job sees to what is left.
                let _ = reseal(&app, id).await;
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

/// The identity with its serial number in upper case, as enrolment data names Macs.
fn as_kept(identity: &EnrolmentIdentity) -> EnrolmentIdentity {
    EnrolmentIdentity {
        serial_number: identity.serial_number.to_uppercase(),
        ..identity.clone()
    }
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

#[cfg(test)]
mod tests {
    use wire::agent_api::Enrolled;
    use wire::encoding::Bytes;

    use crate::clock::Clock as _;
    use crate::testing::{Answer, Call, FakeMac, TestApp, healthy_mac};

    async fn enroll(app: &TestApp, mac: &FakeMac, secret: &str, before: Option<&FakeMac>) -> Answer {
        let body = mac.enrolment(secret, before);
        app.send(Call::post("/agent/v1/enroll").json(&body)).await
    }

    async fn secret(app: &TestApp) -> String {
        app.setup.enrolment_secret().await.unwrap()
    }

    #[tokio::test]
    async fn a_secret_admits_one_mac_and_that_one_again() {
        let app = TestApp::start().await;
        let (mac, other) = (FakeMac::new(1, healthy_mac()), FakeMac::new(2, healthy_mac()));
        let secret = secret(&app).await;
        let first: Enrolled = enroll(&app, &mac, &secret, None).await.read_as();
        assert!(!first.pending);
        assert_eq!(first.organization_id, app.setup.organization_id());
        let again: Enrolled = enroll(&app, &mac, &secret, None).await.read_as();
        assert_eq!(again, first, "the first answer may have been lost");
        let problem = enroll(&app, &other, &secret, None).await;
        problem.expect_problem(403, "enrolment_secret_invalid");
        let devices = app.get("/api/v1/devices").await.expect(200);
        assert_eq!(devices["items"].as_array().unwrap().len(), 1);
    }

    #[tokio::test]
    async fn a_secret_that_is_unknown_or_too_old_admits_nobody() {
        let app = TestApp::start().await;
        let mac = FakeMac::new(1, healthy_mac());
        let unknown = enroll(&app, &mac, "bestow_enrol_guess", None).await;
        let problem = unknown.expect_problem(403, "enrolment_secret_invalid");
        assert_eq!(problem["server_time"], app.now_ms());
        let secret = secret(&app).await;
        app.advance(std::time::Duration::from_hours(24));
        let late = enroll(&app, &mac, &secret, None).await;
        late.expect_problem(403, "enrolment_secret_invalid");
    }

    #[tokio::test]
    async fn a_mac_shows_that_it_holds_its_keys() {
        let app = TestApp::start().await;
        let mac = FakeMac::new(1, healthy_mac());
        let secret = secret(&app).await;
        let good = mac.enrolment(&secret, None);
        let send =
            async |body: &wire::agent_api::Enroll| app.send(Call::post("/agent/v1/enroll").json(body)).await;
        let mut changed = good.clone();
        changed.identity.serial_number = "ANOTHER".to_owned();
        send(&changed).await.expect_invalid(400, "proof");
        let mut unsigned = good.clone();
        unsigned.proof = Bytes(vec![0; 64]);
        send(&unsigned).await.expect_invalid(400, "proof");
        let mut short = good.clone();
        short.identity.sealing_key.0 = Bytes(vec![1; 31]);
        send(&short).await.expect_invalid(400, "identity.sealing_key");
        let mut nameless = good.clone();
        nameless.identity.hardware_uuid.clear();
        send(&nameless).await.expect_invalid(400, "identity");
        send(&good).await.expect(200);
    }

    #[tokio::test]
    async fn a_known_mac_without_its_old_key_waits_for_approval() {
        let app = TestApp::start().await;
        let before = app.enrolled(FakeMac::new(1, healthy_mac())).await;
        let action = app.grant(&before).await;
        let mut again = before.reinstalled(9);
        let enrolled = again.enroll(&app).await;
        assert!(enrolled.pending);
        assert_ne!(enrolled.device_id, before.id());
        assert!(again.check_in(&app).await.offers.is_empty());
        assert_eq!(before.check_in(&app).await.offers.len(), 1, "the old one goes on");
        again
            .start(&app, &action["id"])
            .await
            .expect_problem(404, "not_found");
    }

    #[tokio::test]
    async fn with_its_old_key_the_same_device_goes_on_and_old_seals_are_stale() {
        let app = TestApp::start().await;
        let before = app.enrolled(FakeMac::new(1, healthy_mac())).await;
        let action = app.grant(&before).await;
        let mut again = before.reinstalled(9);
        let enrolled = again.enroll_again(&app, Some(&before)).await;
        assert_eq!((enrolled.device_id, enrolled.pending), (before.id(), false));
        let path = format!("/api/v1/actions/{}", action["id"].as_str().unwrap());
        assert_eq!(app.get(path).await.expect(200)["code"], "credential_stale");
        let old_key = before.signed(&app, Call::get("/agent/v1/ring?after=0&within_ms=0"));
        app.send(old_key)
            .await
            .expect_problem(401, "device_token_invalid");
        app.grant(&again).await;
        assert_eq!(again.check_in(&app).await.offers.len(), 1);
    }

    #[tokio::test]
    async fn a_wrong_proof_of_the_past_is_refused_and_leaves_the_secret_good() {
        let app = TestApp::start().await;
        let before = app.enrolled(FakeMac::new(1, healthy_mac())).await;
        let again = before.reinstalled(9);
        let secret = secret(&app).await;
        let mut claim = again.enrolment(&secret, Some(&before));
        claim.previous.as_mut().unwrap().proof = Bytes(vec![7; 64]);
        let refused = app.send(Call::post("/agent/v1/enroll").json(&claim)).await;
        refused.expect_problem(401, "device_token_invalid");
        enroll(&app, &again, &secret, Some(&before)).await.expect(200);
    }

    #[tokio::test]
    async fn one_device_cannot_take_anothers_place_with_its_own_key() {
        let app = TestApp::start().await;
        let thief = app.enrolled(FakeMac::new(1, healthy_mac())).await;
        let victim = app.enrolled(FakeMac::new(2, healthy_mac())).await;
        let mut claim = victim.reinstalled(9);
        let enrolled = claim.enroll_again(&app, Some(&thief)).await;
        assert!(enrolled.pending);
        victim.check_in(&app).await;
        assert_eq!(enrolled.server_time, app.clock.now());
    }
}
