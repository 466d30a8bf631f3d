//! The agent API asks every request who is there, but the enrolment, which brings a secret.

use crate::testing::{Call, TestApp};

#[tokio::test]
async fn nobody_is_taken_for_a_device() {
    let app = TestApp::start().await;
    let id = "00000000-0000-4000-8000-000000000000";
    for call in [
        Call::post("/agent/v1/check-in").raw_json("{}"),
        Call::post(format!("/agent/v1/actions/{id}/start")),
        Call::post(format!("/agent/v1/actions/{id}/report")).raw_json("{}"),
        Call::get("/agent/v1/ring?after=0&within_ms=0"),
    ] {
        for call in [call.clone(), call.bearer(&app.token)] {
            let problem = app.send(call).await.expect_problem(401, "device_token_invalid");
            assert_eq!(problem["server_time"], app.now_ms());
        }
    }
}
