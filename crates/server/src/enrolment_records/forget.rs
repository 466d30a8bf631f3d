//! `DELETE /api/v1/enrolment-records/{serial_number}`: forgets who uses the Mac of a serial number.

use axum::extract::State;
use axum::http::StatusCode;
use store::enrolment_record::Forgotten;
use trust::code::Code;
use trust::enrolment::SerialNumber;

use crate::app::{App, SharedApp};
use crate::devices::diagnose_anew::diagnose_anew;
use crate::idempotency::IdempotencyKey;
use crate::identity::Caller;
use crate::input::PathOf;
use crate::problem::{Problem, ProblemView};

/// Deletes an enrolment record and destroys the secrets that were collected for it. Actions that were accepted keep what
/// was sealed for them until they end.
#[utoipa::path(delete, path = "/api/v1/enrolment-records/{serial_number}", tag = "enrolment", params(("serial_number" = String, Path, description = "The Mac's serial number"), ("Idempotency-Key" = String, Header, description = "A fresh random value per request")), responses(
    (status = 204, description = "It is gone"),
    (status = "4XX", description = "A problem", body = ProblemView, content_type = "application/problem+json"),
))]
pub(crate) async fn forget_enrolment_record(
    State(app): State<SharedApp>,
    caller: Caller,
    PathOf(serial_number): PathOf,
    key: IdempotencyKey,
) -> Result<StatusCode, Problem> {
    let serial_number = serial_number.parse().map_err(|_| Problem::not_found())?;
    forget(&app, &caller, &key, &serial_number).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// Forgets a record.
pub(crate) async fn forget(
    app: &App,
    caller: &Caller,
    key: &IdempotencyKey,
    serial_number: &SerialNumber,
) -> Result<(), Problem> {
    let request = key.request(caller, "forget_enrolment_record", serial_number, app.now());
    match store::enrolment_record::forget(&app.store, &request, serial_number).await? {
        Forgotten::Gone => {}
        Forgotten::NotFound => return Err(Problem::not_found()),
        Forgotten::KeyReused => return Err(Problem::conflict(Code::IdempotencyKeyReused)),
    }
    // What is left is seen to by a job.
    let _ = diagnose_anew(app).await;
    let organization_id = caller.organization_id;
    let device = store::device::of_serial_number(&app.store, organization_id, serial_number).await?;
    if let Some(device) = device {
        app.events.device(organization_id, device.id);
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use axum::http::Method;
    use serde_json::json;

    use crate::testing::{Call, FakeMac, Person, TestApp, healthy_mac};

    #[tokio::test]
    async fn what_is_forgotten_is_gone_with_its_secrets() {
        let app = TestApp::start().await;
        let mac = app.enrolled(FakeMac::new(1, healthy_mac())).await;
        app.bind(&Person::new("SERIAL1", "bob").with_secret("password", "bob's password"))
            .await;
        let path = "/api/v1/enrolment-records/serial1";
        let call = Call::new(Method::DELETE, path).bearer(&app.token);
        for _ in 0..2 {
            assert_eq!(app.send(call.clone().key("forget-1")).await.status, 204);
        }
        app.get(path).await.expect_problem(404, "not_found");
        app.send(call.clone().key("forget-2"))
            .await
            .expect_problem(404, "not_found");
        assert_eq!(
            app.get("/api/v1/devices?q=bob").await.expect(200)["items"],
            json!([])
        );
        let body = json!({
            "kind": "create_account",
            "target": { "username": "new", "full_name": "New", "password_from": "%password%" },
        });
        let answer = app
            .post(format!("/api/v1/devices/{}/actions", mac.id()), &body)
            .await;
        answer.expect_problem(422, "unresolved_wildcard");
    }
}
