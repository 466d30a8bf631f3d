//! `PUT /api/v1/enrolment-records/{serial_number}`: says who uses the Mac of a serial number.

use std::collections::BTreeSet;

use axum::Json;
use axum::extract::State;
use store::enrolment_record::Source;
use trust::enrolment::SerialNumber;

use super::input::{Asked, EnrolmentRecordInput, read};
use super::meant::check_meant;
use super::save::{Person, Said, save};
use super::show::find;
use super::view::EnrolmentRecordView;
use crate::app::{App, SharedApp};
use crate::idempotency::IdempotencyKey;
use crate::identity::Caller;
use crate::input::{PathOf, SecretBody};
use crate::problem::{Problem, ProblemView};

/// Says who uses the Mac of a serial number. That of a Mac that has not enrolled needs `not_enrolled`, unless something is
/// kept for it already.
#[utoipa::path(put, path = "/api/v1/enrolment-records/{serial_number}", tag = "enrolment", params(("serial_number" = String, Path, description = "The Mac's serial number"), ("Idempotency-Key" = String, Header, description = "A fresh random value per request")), request_body = EnrolmentRecordInput, responses(
    (status = 200, description = "The record as it is now, without its secrets", body = EnrolmentRecordView),
    (status = 422, description = "`mac_not_enrolled`: no Mac of this serial number is known", body = ProblemView, content_type = "application/problem+json"),
    (status = "4XX", description = "A problem", body = ProblemView, content_type = "application/problem+json"),
))]
pub(crate) async fn put_enrolment_record(
    State(app): State<SharedApp>,
    caller: Caller,
    PathOf(serial_number): PathOf,
    key: IdempotencyKey,
    body: SecretBody,
) -> Result<Json<EnrolmentRecordView>, Problem> {
    let serial_number: SerialNumber = serial_number.parse().map_err(|_| {
        Problem::invalid(
            "serial_number",
            "has 1 to 64 printable ASCII characters without slashes",
        )
    })?;
    let Asked { said, not_enrolled } = read(&body, serial_number.clone())?;
    drop(body);
    check_meant(&app, caller.organization_id, &serial_number, not_enrolled).await?;
    put(&app, &caller, &key, said).await?;
    let found = find(&app, caller.organization_id, &serial_number).await?;
    found.map(Json).ok_or_else(Problem::not_found)
}

/// Saves what is said of one Mac.
pub(crate) async fn put(app: &App, caller: &Caller, key: &IdempotencyKey, said: Said) -> Result<(), Problem> {
    let request = key.request(caller, "put_enrolment_record", &not_secret(&said), app.now());
    save(app, &request, Source::Api, &[said], |_| String::new()).await?;
    Ok(())
}

/// What is said, without the secrets' values.
fn not_secret(said: &Said) -> impl serde::Serialize {
    let record = match &said.person {
        Person::Whole(record) => Some(record.clone()),
        Person::Part(_) => None,
    };
    let given: BTreeSet<_> = said.secrets.keys().cloned().collect();
    (said.serial_number.clone(), record, given, said.forget.clone())
}

#[cfg(test)]
mod tests {
    use axum::http::Method;
    use serde_json::{Value, json};

    use crate::testing::{Answer, Call, FakeMac, TestApp, healthy_mac};

    /// Says of a Mac, which may not have enrolled.
    async fn put(app: &TestApp, serial_number: &str, body: &Value) -> Answer {
        let mut body = body.clone();
        body["not_enrolled"] = json!(true);
        put_as_it_is(app, serial_number, &body).await
    }

    async fn put_as_it_is(app: &TestApp, serial_number: &str, body: &Value) -> Answer {
        let path = format!("/api/v1/enrolment-records/{serial_number}");
        let call = Call::new(Method::PUT, path)
            .bearer(&app.token)
            .key(&app.fresh_key());
        app.send(call.json(body)).await
    }

    fn ada() -> Value {
        json!({
            "username": "ada", "full_name": "Ada Lovelace", "email": "ada@example.org", "account": "alovelace",
            "attributes": { "room": "Ö 3" },
            "secrets": { "password": "ada's password", "pin": "314159" }, "not_enrolled": true,
        })
    }

    #[tokio::test]
    async fn a_record_tells_everything_but_its_secrets() {
        let app = TestApp::start().await;
        let answer = put(&app, "serial1", &ada()).await;
        let put = answer.expect(200);
        assert!(!answer.text.contains("ada's password") && !answer.text.contains("314159"));
        assert_eq!(put["serial_number"], "SERIAL1");
        assert_eq!(put["bound_account"], "alovelace");
        assert_eq!(put["attributes"], json!({ "room": "Ö 3" }));
        assert_eq!(put["source"], "api");
        assert!(put["device_id"].is_null());
        let secrets = put["secrets"].as_array().unwrap();
        assert_eq!(secrets.len(), 2);
        assert_eq!(secrets[0]["attribute"], "password");
        assert_eq!(secrets[0]["collected_at"], app.now_ms());
        assert_eq!(secrets[0]["state"], "waits_for_mac");
        assert_eq!(
            (&secrets[0]["usable"], &secrets[0]["code"]),
            (&json!(false), &json!("unresolved_wildcard"))
        );
        let shown = app.get("/api/v1/enrolment-records/SERIAL1").await.expect(200);
        assert_eq!(shown, put);

        let mac = app.enrolled(FakeMac::new(1, healthy_mac())).await;
        let shown = app.get("/api/v1/enrolment-records/serial1").await.expect(200);
        assert_eq!(shown["device_id"], mac.id().to_string());
        assert_eq!(shown["secrets"][0]["usable"], true);
    }

    #[tokio::test]
    async fn a_serial_number_that_nobody_knows_is_taken_only_for_a_mac_that_is_said_to_come() {
        let app = TestApp::start().await;
        app.enrolled(FakeMac::new(1, healthy_mac())).await;
        let ben = json!({ "username": "ben" });
        for name in ["healthy", "MAC-1"] {
            let refused = put_as_it_is(&app, name, &ben).await;
            refused.expect_problem(422, "mac_not_enrolled");
            app.post("/api/v1/enrolment-links", &json!({ "serial_number": name }))
                .await
                .expect_problem(422, "mac_not_enrolled");
        }
        let records = app.get("/api/v1/enrolment-records").await.expect(200);
        assert_eq!(records["items"], json!([]));
        put_as_it_is(&app, "serial1", &ben).await.expect(200);
        put(&app, "LATER", &ben).await.expect(200);
        // Something is kept for it now, so it is no misspelt number.
        put_as_it_is(&app, "later", &ben).await.expect(200);
        app.post("/api/v1/enrolment-links", &json!({ "serial_number": "LATER" }))
            .await
            .expect(201);
        let coming = json!({ "serial_number": "LATER2", "not_enrolled": true });
        app.post("/api/v1/enrolment-links", &coming).await.expect(201);
    }

    #[tokio::test]
    async fn what_is_left_out_is_forgotten_but_secrets_stay_until_they_are_destroyed() {
        let app = TestApp::start().await;
        put(&app, "SERIAL1", &ada()).await.expect(200);
        let changed = put(
            &app,
            "SERIAL1",
            &json!({ "username": "ada", "secrets": { "pin": null } }),
        )
        .await;
        let changed = changed.expect(200);
        assert!(changed["full_name"].is_null() && changed["account"].is_null());
        assert_eq!(changed["attributes"], json!({}));
        assert_eq!(changed["secrets"].as_array().unwrap().len(), 1);
        assert_eq!(changed["secrets"][0]["attribute"], "password");
    }

    #[tokio::test]
    async fn the_same_request_again_changes_nothing() {
        let app = TestApp::start().await;
        let call = Call::new(Method::PUT, "/api/v1/enrolment-records/SERIAL1")
            .bearer(&app.token)
            .key("put-key-1");
        let first = app.send(call.clone().json(&ada())).await.expect(200);
        let again = app.send(call.clone().json(&ada())).await.expect(200);
        assert_eq!(again, first, "the secrets were collected anew");
        app.send(call.json(&json!({})))
            .await
            .expect_problem(409, "idempotency_key_reused");
    }

    #[tokio::test]
    async fn what_breaks_a_rule_is_refused_by_its_field() {
        let app = TestApp::start().await;
        for (body, field) in [
            (json!({ "username": "a/b" }), "username"),
            (json!({ "username": "%username%/" }), "username"),
            (json!({ "full_name": " " }), "full_name"),
            (json!({ "email": "ada" }), "email"),
            (json!({ "account": "-x" }), "account"),
            (json!({ "attributes": { "password": "x" } }), "attributes"),
            (json!({ "attributes": { "Room": "x" } }), "attributes"),
            (json!({ "attributes": { "room": "" } }), "attributes.room"),
            (json!({ "secrets": { "username": "x" } }), "secrets"),
            (json!({ "secrets": { "pin": "" } }), "secrets.pin"),
            (json!({ "pasword": "x" }), "body"),
        ] {
            put(&app, "SERIAL1", &body).await.expect_invalid(400, field);
        }
        put(&app, "a%20b", &ada())
            .await
            .expect_invalid(400, "serial_number");
        app.get("/api/v1/enrolment-records/SERIAL1")
            .await
            .expect_problem(404, "not_found");
    }

    #[tokio::test]
    async fn an_attribute_is_secret_for_every_mac_or_for_none() {
        let app = TestApp::start().await;
        put(&app, "SERIAL1", &ada()).await.expect(200);
        let plain = put(&app, "SERIAL2", &json!({ "attributes": { "pin": "2718" } })).await;
        plain.expect_invalid(400, "attributes.pin");
        let secret = put(&app, "SERIAL2", &json!({ "secrets": { "room": "2718" } })).await;
        secret.expect_invalid(400, "secrets.room");
        let both = json!({ "attributes": { "desk": "1" }, "secrets": { "desk": "2718" } });
        put(&app, "SERIAL2", &both)
            .await
            .expect_invalid(400, "secrets.desk");
        let many: serde_json::Map<_, _> = (0..101).map(|n| (format!("a{n}"), json!("x"))).collect();
        put(&app, "SERIAL2", &json!({ "attributes": many }))
            .await
            .expect_invalid(400, "attributes");
    }

    #[tokio::test]
    async fn devices_are_found_by_their_person() {
        let app = TestApp::start().await;
        app.enrolled(FakeMac::new(1, healthy_mac())).await;
        put(&app, "SERIAL1", &ada()).await.expect(200);
        put(&app, "SERIAL2", &json!({ "full_name": "Ben O’Neill" }))
            .await
            .expect(200);
        let mac = app.enrolled(FakeMac::new(2, healthy_mac())).await;
        let found = async |q: &str| {
            let found = app.get(format!("/api/v1/devices?q={q}")).await.expect(200);
            found["items"]
                .as_array()
                .unwrap()
                .iter()
                .map(|mac| mac["name"].to_string())
                .collect::<Vec<_>>()
        };
        assert_eq!(found("lovelace").await, ["\"Mac 1\""]);
        assert_eq!(found("ada@example").await, ["\"Mac 1\""]);
        assert_eq!(found("neill").await, ["\"Mac 2\""]);
        mac.check_in(&app).await;
        assert_eq!(found("neill").await, ["\"Mac 2\""]);
        put(&app, "SERIAL1", &json!({})).await.expect(200);
        assert!(found("lovelace").await.is_empty());
    }
}
