//! `POST /api/v1/enrolment-links`: a link by which the person of one Mac says who it is, shown once.

use std::time::Duration;

use axum::Json;
use axum::extract::State;
use axum::http::{StatusCode, header};
use axum::response::IntoResponse;
use serde::Serialize;
use store::enrolment_link::NewEnrolmentLink;
use trust::enrolment::SerialNumber;
use trust::time::Timestamp;
use utoipa::ToSchema;

use crate::app::{App, SharedApp};
use crate::enrolment_records::meant::{NOT_ENROLLED, check_meant};
use crate::idempotency::{IdempotencyKey, shown_once};
use crate::identity::Caller;
use crate::input::{FLAG, SECONDS, SERIAL_NUMBER, SecretBody};
use crate::problem::{Problem, ProblemView};
use crate::token::{self, Purpose};

/// How long a link can be used, unless the caller says.
const USUAL_VALIDITY: Duration = Duration::from_hours(7 * 24);

/// What is wanted.
#[derive(ToSchema)]
#[expect(dead_code, reason = "describes the body in the OpenAPI document")]
pub(crate) struct EnrolmentLinkInput {
    /// The serial number of the Mac.
    serial_number: String,
    /// Whether the Mac is still to come: a serial number that no Mac has, and for which nothing is kept, is refused unless
    /// this is true.
    not_enrolled: Option<bool>,
    /// How long it can be used, in seconds: up to 30 days, seven unless told.
    valid_for_s: Option<u64>,
}

/// A link to the enrolment page. It is shown this once.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct EnrolmentLink {
    /// Its path on this server. Whoever has it can say once who uses the Mac, without signing in.
    pub path: String,
    /// Until when it can be used.
    pub expires_at: Timestamp,
}

/// Makes a link by which the person of a Mac says who it is, once and without signing in. The same request again answers
/// `already_revealed`.
#[utoipa::path(post, path = "/api/v1/enrolment-links", tag = "enrolment", params(("Idempotency-Key" = String, Header, description = "A fresh random value per request")), request_body = EnrolmentLinkInput, responses(
    (status = 201, description = "The link, shown once", body = EnrolmentLink),
    (status = 422, description = "`mac_not_enrolled`: no Mac of this serial number is known", body = ProblemView, content_type = "application/problem+json"),
    (status = 409, description = "`already_revealed` or `idempotency_key_reused`", body = ProblemView, content_type = "application/problem+json"),
    (status = "4XX", description = "A problem", body = ProblemView, content_type = "application/problem+json"),
))]
pub(crate) async fn create_enrolment_link(
    State(app): State<SharedApp>,
    caller: Caller,
    key: IdempotencyKey,
    body: SecretBody,
) -> Result<impl IntoResponse, Problem> {
    let mut fields = body.fields()?;
    let serial_number = fields.required("serial_number", &SERIAL_NUMBER)?;
    let valid_for = fields.optional("valid_for_s", &SECONDS)?.map(Duration::from_secs);
    let not_enrolled = fields.optional(NOT_ENROLLED, &FLAG)?.unwrap_or(false);
    fields.end()?;
    check_meant(&app, caller.organization_id, &serial_number, not_enrolled).await?;
    let link = create(&app, &caller, &key, &serial_number, valid_for).await?;
    let no_store = [(header::CACHE_CONTROL, "no-store")];
    Ok((StatusCode::CREATED, no_store, Json(link)))
}

/// Makes a link.
pub(crate) async fn create(
    app: &App,
    caller: &Caller,
    key: &IdempotencyKey,
    serial_number: &SerialNumber,
    valid_for: Option<Duration>,
) -> Result<EnrolmentLink, Problem> {
    let asked = (serial_number, valid_for.map(|span| span.as_secs()));
    let now = app.now();
    let expires_at = token::expiry(now, valid_for.unwrap_or(USUAL_VALIDITY))?;
    let link = token::new(Purpose::EnrolmentLink, &app.entropy);
    let new = NewEnrolmentLink {
        request: key.request(caller, "create_enrolment_link", &asked, now),
        hash: token::hash(&link),
        serial_number: serial_number.clone(),
        expires_at,
    };
    shown_once(&store::enrolment_link::create(&app.store, &new).await?)?;
    Ok(EnrolmentLink {
        path: format!("/enrolment/{link}"),
        expires_at,
    })
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use crate::testing::{Call, TestApp};

    const PATH: &str = "/api/v1/enrolment-links";

    #[tokio::test]
    async fn a_link_is_shown_once_and_kept_as_a_hash() {
        let app = TestApp::start().await;
        let call = Call::post(PATH).bearer(&app.token).key("link-key-1");
        let body = json!({ "serial_number": "serial1", "valid_for_s": 60, "not_enrolled": true });
        let answer = app.send(call.clone().json(&body)).await;
        let link = answer.expect(201);
        assert_eq!(answer.headers["cache-control"], "no-store");
        assert_eq!(link["expires_at"], app.now_ms() + 60_000);
        let path = link["path"].as_str().unwrap();
        assert!(path.starts_with("/enrolment/bestow_person_"), "{path}");
        app.send(call.clone().json(&body))
            .await
            .expect_problem(409, "already_revealed");
        let other = json!({ "serial_number": "serial2", "not_enrolled": true });
        app.send(call.json(&other))
            .await
            .expect_problem(409, "idempotency_key_reused");
        let secret = path.rsplit('/').next().unwrap();
        for file in app.database_files() {
            let bytes = std::fs::read(file).unwrap();
            assert!(
                !bytes
                    .windows(secret.len())
                    .any(|window| window == secret.as_bytes())
            );
        }
    }

    #[tokio::test]
    async fn what_is_no_link_is_refused() {
        let app = TestApp::start().await;
        app.post(PATH, &json!({}))
            .await
            .expect_invalid(400, "serial_number");
        app.post(PATH, &json!({ "serial_number": "a b" }))
            .await
            .expect_invalid(400, "serial_number");
        for seconds in [0, 30 * 24 * 3_600 + 1] {
            let body = json!({ "serial_number": "A1", "valid_for_s": seconds, "not_enrolled": true });
            app.post(PATH, &body).await.expect_invalid(400, "valid_for_s");
        }
    }
}
