//! `POST /api/v1/devices/{id}/mdm-enrolment/profile`: the profile by which one Mac enrols, shown once. It holds the Mac's key, which
//! is kept nowhere else.

use axum::extract::State;
use axum::http::{StatusCode, header};
use axum::response::{IntoResponse as _, Response};
use chacha20::ChaCha20Rng;
use mdm::identity::{self, Identity, IdentityError};
use mdm::profile::{self, Enrolment};
use newtype_uuid::GenericUuid as _;
use rand_core::SeedableRng as _;
use store::device::Device;
use store::mdm_enrolment::{NewProfile, Prepared};
use tokio::task::JoinError;
use trust::code::Code;
use trust::id::MdmEnrolmentId;
use trust::time::Timestamp;
use utoipa::ToSchema;
use zeroize::Zeroizing;

use crate::app::{App, SharedApp};
use crate::config::DeviceManagement;
use crate::device_management::{CHECK_IN, POLL, address};
use crate::idempotency::{IdempotencyKey, shown_once};
use crate::identity::Caller;
use crate::input::{FLAG, PathOf, SecretBody};
use crate::problem::{Problem, ProblemView};
use crate::token::hexadecimal;

/// What a profile is, for those who get one.
const CONTENT_TYPE: &str = "application/x-apple-aspen-config";

/// What is wanted.
#[derive(ToSchema)]
#[expect(dead_code, reason = "describes the body in the OpenAPI document")]
pub(crate) struct MdmProfileInput {
    /// Whether it is to renew the certificate of the enrolment that the Mac has. The bootstrap token stays then; a new enrolment
    /// ends it. False unless told.
    renew: Option<bool>,
}

/// Why no identity was made.
#[derive(Debug, thiserror::Error)]
enum NoIdentity {
    #[error(transparent)]
    Identity(#[from] IdentityError),
    #[error("make identity")]
    Task(#[from] JoinError),
}

/// Makes the profile by which the device, and no other Mac, enrols with Bestow's device management. The same request again
/// answers `already_revealed`.
#[utoipa::path(post, path = "/api/v1/devices/{id}/mdm-enrolment/profile", tag = "escrow", params(("id" = String, Path, description = "The device"), ("Idempotency-Key" = String, Header, description = "A fresh random value per request")), request_body = MdmProfileInput, responses(
    (status = 201, description = "The profile, shown once: a property list with the Mac's key", body = String, content_type = "application/x-apple-aspen-config"),
    (status = 409, description = "`already_revealed`, `idempotency_key_reused`, `mdm_not_enrolled`, `mdm_not_set_up` or `device_pending`", body = ProblemView, content_type = "application/problem+json"),
    (status = "4XX", description = "A problem", body = ProblemView, content_type = "application/problem+json"),
))]
pub(crate) async fn create_mdm_profile(
    State(app): State<SharedApp>,
    caller: Caller,
    PathOf(id): PathOf,
    key: IdempotencyKey,
    body: SecretBody,
) -> Result<Response, Problem> {
    let mut fields = body.fields()?;
    let renew = fields.optional("renew", &FLAG)?.unwrap_or(false);
    fields.end()?;
    let device = crate::devices::find(&app, &caller, &id).await?;
    let profile = create(&app, &caller, &key, &device, renew).await?;
    Ok(answer(&profile))
}

/// A profile as a file that is kept by nobody on the way.
pub(crate) fn answer(profile: &[u8]) -> Response {
    let headers = [
        (header::CONTENT_TYPE, CONTENT_TYPE),
        (header::CACHE_CONTROL, "no-store"),
        (
            header::CONTENT_DISPOSITION,
            "attachment; filename=\"bestow.mobileconfig\"",
        ),
    ];
    (StatusCode::CREATED, headers, profile.to_vec()).into_response()
}

/// Makes a profile for a device, for a new enrolment or for the one that it has.
pub(crate) async fn create(
    app: &App,
    caller: &Caller,
    key: &IdempotencyKey,
    device: &Device,
    renew: bool,
) -> Result<Zeroizing<Vec<u8>>, Problem> {
    let settings = app.settings.device_management.as_ref();
    let settings = settings.ok_or_else(|| Problem::conflict(Code::MdmNotSetUp))?;
    if device.pending {
        return Err(Problem::conflict(Code::DevicePending));
    }
    let now = app.now();
    let request = key.request(caller, "create_mdm_profile", &(device.id, renew), now);
    shown_once(&store::idempotency::look_up(&app.store, &request).await?)?;
    let enrolment_id = match renew {
        true => enrolled(app, device).await?,
        false => app.entropy.id(now),
    };
    let identity = make_identity(app, &device.serial_number, now).await?;
    let new = NewProfile {
        request,
        device_id: device.id,
        serial_number: device.serial_number.clone(),
        hardware_uuid: device.hardware_uuid.clone(),
        enrolment_id,
        renews: renew,
        certificate: hexadecimal(&identity.certificate),
    };
    match store::mdm_enrolment::prepare(&app.store, &new).await? {
        Prepared::Now => {}
        Prepared::Not(known) => shown_once(&known)?,
        Prepared::NotEnrolled => return Err(Problem::conflict(Code::MdmNotEnrolled)),
    }
    app.events.device(device.organization_id, device.id);
    let organization = store::organization::name(&app.store, device.organization_id).await?;
    Ok(written(app, settings, &organization, enrolment_id, &identity))
}

fn written(
    app: &App,
    settings: &DeviceManagement,
    organization: &str,
    id: MdmEnrolmentId,
    identity: &Identity,
) -> Zeroizing<Vec<u8>> {
    profile::make(&Enrolment {
        organization,
        id: id.into_untyped_uuid(),
        identity_id: uuid::Builder::from_random_bytes(app.entropy.bytes()).into_uuid(),
        topic: &settings.topic,
        server_url: &address(settings, POLL),
        check_in_url: &address(settings, CHECK_IN),
        identity,
    })
}

/// The enrolment that the device has.
async fn enrolled(app: &App, device: &Device) -> Result<MdmEnrolmentId, Problem> {
    let view = super::view::view(app, device).await?;
    let enrolled = view.enrolments.iter().find(|one| one.state.is_enrolled());
    enrolled
        .map(|one| one.id)
        .ok_or_else(|| Problem::conflict(Code::MdmNotEnrolled))
}

/// A key takes some tenths of a second, so it is made where nothing waits for it, with randomness of its own.
async fn make_identity(app: &App, serial_number: &str, now: Timestamp) -> Result<Identity, Problem> {
    let mut rng = ChaCha20Rng::from_seed(app.entropy.bytes());
    let name = format!("Mac {serial_number}");
    let made = tokio::task::spawn_blocking(move || identity::make(&name, now, &mut rng)).await;
    made.map_err(NoIdentity::from)
        .and_then(|made| made.map_err(NoIdentity::from))
        .map_err(|error| Problem::internal(&error))
}
