//! `POST /api/v1/enrolment-secrets`: a secret that lets one Mac enrol, shown once.

use std::time::Duration;

use axum::Json;
use axum::extract::State;
use axum::http::{StatusCode, header};
use axum::response::IntoResponse;
use serde::Serialize;
use store::enrolment_secret::NewEnrolmentSecret;
use trust::time::Timestamp;
use utoipa::ToSchema;

use crate::app::SharedApp;
use crate::idempotency::{IdempotencyKey, shown_once};
use crate::identity::Caller;
use crate::input::{SECONDS, SecretBody};
use crate::problem::{Problem, ProblemView};
use crate::token::{self, Purpose};

/// How long a secret can be used, unless the caller says.
pub(crate) const USUAL_VALIDITY: Duration = Duration::from_hours(24);

/// What is wanted.
#[derive(ToSchema)]
#[expect(dead_code, reason = "describes the body in the OpenAPI document")]
pub(crate) struct EnrolmentSecretInput {
    /// How long it can be used, in seconds: up to 30 days, one day unless told.
    valid_for_s: Option<u64>,
}

/// An enrolment secret. It is shown this once.
#[derive(Serialize, ToSchema)]
pub(crate) struct EnrolmentSecret {
    /// The secret.
    secret: String,
    /// Until when it can be used.
    expires_at: Timestamp,
}

/// Makes a secret that lets one Mac enrol. The same request again answers `already_revealed`.
#[utoipa::path(post, path = "/api/v1/enrolment-secrets", tag = "enrolment", params(("Idempotency-Key" = String, Header, description = "A fresh random value per request")), request_body = EnrolmentSecretInput, responses(
    (status = 201, description = "The secret, shown once", body = EnrolmentSecret),
    (status = 409, description = "`already_revealed` or `idempotency_key_reused`", body = ProblemView, content_type = "application/problem+json"),
    (status = "4XX", description = "A problem", body = ProblemView, content_type = "application/problem+json"),
))]
pub(crate) async fn create_enrolment_secret(
    State(app): State<SharedApp>,
    caller: Caller,
    key: IdempotencyKey,
    body: SecretBody,
) -> Result<impl IntoResponse, Problem> {
    let mut fields = body.fields()?;
    let valid_for_s = fields.optional("valid_for_s", &SECONDS)?;
    fields.end()?;
    let valid_for = valid_for_s.map_or(USUAL_VALIDITY, Duration::from_secs);
    let now = app.now();
    let expires_at = token::expiry(now, valid_for)?;
    let secret = token::new(Purpose::EnrolmentSecret, &app.entropy);
    let new = NewEnrolmentSecret {
        request: key.request(&caller, "create_enrolment_secret", &valid_for_s, now),
        hash: token::hash(&secret),
        expires_at,
    };
    shown_once(&store::enrolment_secret::create(&app.store, &new).await?)?;
    let no_store = [(header::CACHE_CONTROL, "no-store")];
    let shown = EnrolmentSecret { secret, expires_at };
    Ok((StatusCode::CREATED, no_store, Json(shown)))
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use crate::testing::{Call, FakeMac, TestApp, healthy_mac};

    const PATH: &str = "/api/v1/enrolment-secrets";

    #[tokio::test]
    async fn a_secret_is_shown_once_and_admits_a_mac() {
        let app = TestApp::start().await;
        let call = Call::post(PATH)
            .bearer(&app.token)
            .key("secret-1")
            .json(&json!({}));
        let answer = app.send(call.clone()).await;
        let shown = answer.expect(201);
        assert_eq!(answer.headers["cache-control"], "no-store");
        assert_eq!(shown["expires_at"], app.now_ms() + 24 * 3_600_000);
        app.send(call).await.expect_problem(409, "already_revealed");

        let mac = FakeMac::new(1, healthy_mac());
        let enroll = mac.enrolment(shown["secret"].as_str().unwrap(), None);
        app.send(Call::post("/agent/v1/enroll").json(&enroll))
            .await
            .expect(200);
    }

    #[tokio::test]
    async fn its_time_is_up_to_thirty_days() {
        let app = TestApp::start().await;
        let shown = app.post(PATH, &json!({ "valid_for_s": 60 })).await.expect(201);
        assert_eq!(shown["expires_at"], app.now_ms() + 60_000);
        for valid_for_s in [json!(0), json!(2_592_001), json!("1")] {
            let answer = app.post(PATH, &json!({ "valid_for_s": valid_for_s })).await;
            answer.expect_invalid(400, "valid_for_s");
        }
        app.post(PATH, &json!({ "uses": 5 }))
            .await
            .expect_invalid(400, "body");
    }

    #[tokio::test]
    async fn a_key_belongs_to_one_request() {
        let app = TestApp::start().await;
        let call = Call::post(PATH).bearer(&app.token);
        app.send(call.clone().json(&json!({})))
            .await
            .expect_problem(400, "idempotency_key_missing");
        let call = call.key("secret-1");
        app.send(call.clone().json(&json!({}))).await.expect(201);
        let other = app.send(call.json(&json!({ "valid_for_s": 60 }))).await;
        other.expect_problem(409, "idempotency_key_reused");
    }
}
