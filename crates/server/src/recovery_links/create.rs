//! `POST /api/v1/devices/{id}/recovery/links`: a link to the steps of a way back, for the person in front of the Mac, shown once.

use std::time::Duration;

use axum::Json;
use axum::extract::State;
use axum::http::{StatusCode, header};
use axum::response::IntoResponse;
use serde::Serialize;
use store::device::Device;
use store::recovery_link::NewRecoveryLink;
use trust::code::Code;
use trust::recovery::{Guide, Need, Recovery, Way, WayBack, recovery};
use trust::time::Timestamp;
use utoipa::ToSchema;

use crate::app::{App, SharedApp};
use crate::idempotency::{IdempotencyKey, shown_once};
use crate::identity::Caller;
use crate::input::{PathOf, SECONDS, SecretBody, WAY};
use crate::problem::{Problem, ProblemView};
use crate::token::{self, Purpose};

/// How long a link can be opened, unless the caller says.
pub(crate) const USUAL_VALIDITY: Duration = Duration::from_hours(2 * 24);

/// What is wanted.
#[derive(ToSchema)]
#[expect(dead_code, reason = "describes the body in the OpenAPI document")]
pub(crate) struct RecoveryLinkInput {
    /// The way back that somebody is sent: one that may lead back and needs somebody in front of the Mac. The cheapest of them
    /// unless told.
    way: Option<Way>,
    /// How long it can be opened, in seconds: up to 30 days, two days unless told.
    valid_for_s: Option<u64>,
}

/// A link to the steps of a way back. It is shown this once.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct RecoveryLink {
    /// Its path on this server. Whoever has it reads the steps for this Mac, without signing in; no secret is among them.
    pub path: String,
    /// The way that they go.
    pub way: Way,
    /// Until when it can be opened.
    pub expires_at: Timestamp,
}

/// Makes a link to the steps of a way back, for the person in front of the Mac. From then on the ways back tell how far the Mac
/// is. The same request again answers `already_revealed`.
#[utoipa::path(post, path = "/api/v1/devices/{id}/recovery/links", tag = "devices", params(("id" = String, Path, description = "The device"), ("Idempotency-Key" = String, Header, description = "A fresh random value per request")), request_body = RecoveryLinkInput, responses(
    (status = 201, description = "The link, shown once", body = RecoveryLink),
    (status = 409, description = "`no_way_back_needed`, `already_revealed` or `idempotency_key_reused`", body = ProblemView, content_type = "application/problem+json"),
    (status = "4XX", description = "A problem", body = ProblemView, content_type = "application/problem+json"),
))]
pub(crate) async fn create_recovery_link(
    State(app): State<SharedApp>,
    caller: Caller,
    PathOf(id): PathOf,
    key: IdempotencyKey,
    body: SecretBody,
) -> Result<impl IntoResponse, Problem> {
    let mut fields = body.fields()?;
    let way = fields.optional("way", &WAY)?;
    let valid_for = fields.optional("valid_for_s", &SECONDS)?.map(Duration::from_secs);
    fields.end()?;
    let device = crate::devices::find(&app, &caller, &id).await?;
    let link = create(&app, &caller, &key, &device, way, valid_for).await?;
    let no_store = [(header::CACHE_CONTROL, "no-store")];
    Ok((StatusCode::CREATED, no_store, Json(link)))
}

/// Makes a link.
pub(crate) async fn create(
    app: &App,
    caller: &Caller,
    key: &IdempotencyKey,
    device: &Device,
    way: Option<Way>,
    valid_for: Option<Duration>,
) -> Result<RecoveryLink, Problem> {
    let asked = (device.id, way, valid_for.map(|span| span.as_secs()));
    let now = app.now();
    let request = key.request(caller, "create_recovery_link", &asked, now);
    // What has come of the request does not change with the Mac.
    shown_once(&store::idempotency::look_up(&app.store, &request).await?)?;
    let expires_at = token::expiry(now, valid_for.unwrap_or(USUAL_VALIDITY))?;
    let (way, guide) = steps(app, device, way).await?;
    let link = token::new(Purpose::RecoveryLink, &app.entropy);
    let new = NewRecoveryLink {
        request,
        hash: token::hash(&link),
        device_id: device.id,
        way,
        guide,
        expires_at,
    };
    shown_once(&store::recovery_link::create(&app.store, &new).await?)?;
    app.events.device(device.organization_id, device.id);
    Ok(RecoveryLink {
        path: format!("/recovery/{link}"),
        way,
        expires_at,
    })
}

/// The steps of the wanted way as it stands on the Mac now; of the cheapest that needs somebody there, when none is wanted.
async fn steps(app: &App, device: &Device, wanted: Option<Way>) -> Result<(Way, Guide), Problem> {
    let observation = store::observation::find(&app.store, device.id).await?;
    let Some(found) = observation.map(|seen| recovery(&seen)) else {
        return Err(Problem::invalid(FIELD, TOLD_TOO_LITTLE));
    };
    if found.need == Need::None {
        return Err(Problem::conflict(Code::NoWayBackNeeded));
    }
    let refusal = refusal(&found, wanted);
    let mut at_the_mac = found.ways.into_iter().filter_map(|way| {
        let guide = way.guide.filter(|guide| guide.at_the_mac)?;
        Some((way.way, guide))
    });
    at_the_mac
        .find(|(way, _)| wanted.is_none_or(|wanted| wanted == *way))
        .ok_or_else(|| Problem::invalid(FIELD, refusal))
}

const FIELD: &str = "way";

const TOLD_TOO_LITTLE: &str =
    "cannot be told yet: the Mac did not tell enough to say whether its chain of trust is broken";

/// Why nobody is sent the wanted way.
fn refusal(found: &Recovery, wanted: Option<Way>) -> &'static str {
    let way = |way: &&WayBack| Some(way.way) == wanted;
    match (found.need, found.ways.iter().find(way)) {
        (Need::Unknown, _) => TOLD_TOO_LITTLE,
        (_, Some(WayBack { guide: Some(_), .. })) => {
            "names a way that somebody goes at the Mac; this one is gone from the console or the command line, with nobody there. \
             `bestow recovery` and the Mac's page under *Ways back* say how"
        }
        (_, Some(_)) => {
            "names a way that may lead this Mac back; this one is closed. `bestow recovery` and the Mac's page under *Ways back* say \
             why, and which are open"
        }
        (_, None) => {
            "names a way back that this Mac has. `bestow recovery` and the Mac's page under *Ways back* list them"
        }
    }
}
