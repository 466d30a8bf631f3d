//! Devices, by a short-lived token that they sign themselves.

use axum::extract::FromRequestParts;
use axum::http::header::AUTHORIZATION;
use axum::http::request::Parts;
use store::device::Calling;
use trust::code::Code;
use wire::identity::{SCHEME, UnverifiedToken};

use crate::app::SharedApp;
use crate::presence::Speaker;
use crate::problem::Problem;

/// The device that asks, as it is stored. A handler that takes one serves nobody else.
#[derive(Debug, Clone)]
pub(crate) struct CallingDevice(pub Calling);

impl FromRequestParts<SharedApp> for CallingDevice {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, app: &SharedApp) -> Result<Self, Problem> {
        let refuse = || Problem::unauthorized(Code::DeviceTokenInvalid);
        let token = parts
            .headers
            .get(AUTHORIZATION)
            .and_then(|value| value.to_str().ok())
            .and_then(|value| value.split_once(' '))
            .filter(|(scheme, _)| scheme.eq_ignore_ascii_case(SCHEME))
            .and_then(|(_, token)| UnverifiedToken::parse(token).ok())
            .ok_or_else(refuse)?;
        let device = store::device::find_calling(&app.store, token.claimed_device())
            .await?
            .ok_or_else(refuse)?;
        token.verify(&device.signing_key, app.now()).map_err(|error| {
            tracing::info!(device = %device.id, %error, "device token refused");
            refuse()
        })?;
        app.heard_of(&device);
        if let Some(speaker) = parts.extensions.get::<Speaker>() {
            speaker.is(app, &device);
        }
        Ok(Self(device))
    }
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use wire::identity::SCHEME;

    use crate::clock::Clock as _;
    use crate::testing::{Answer, Call, FakeMac, TestApp, healthy_mac};

    async fn with(app: &TestApp, authorization: String) -> Answer {
        let path = "/agent/v1/actions/00000000-0000-4000-8000-000000000000/start";
        app.send(Call::post(path).header("authorization", authorization))
            .await
    }

    #[tokio::test]
    async fn a_device_shows_who_it_is_with_a_fresh_token_of_its_own() {
        let app = TestApp::start().await;
        let mac = app.enrolled(FakeMac::new(1, healthy_mac())).await;
        let other = FakeMac::new(2, healthy_mac());
        let now = app.clock.now();
        let good = mac.signing_key.token(mac.id(), now);
        with(&app, format!("{SCHEME} {good}"))
            .await
            .expect_problem(404, "not_found");

        let forged = other.signing_key.token(mac.id(), now);
        let unknown = other.signing_key.token(app.app.entropy.id(now), now);
        for token in [
            forged,
            unknown,
            String::new(),
            "a.b".to_owned(),
            app.token.clone(),
        ] {
            let problem = with(&app, format!("{SCHEME} {token}")).await;
            problem.expect_problem(401, "device_token_invalid");
        }
        with(&app, format!("Bearer {good}"))
            .await
            .expect_problem(401, "device_token_invalid");
    }

    #[tokio::test]
    async fn a_token_that_is_too_old_is_refused_with_the_servers_clock() {
        let app = TestApp::start().await;
        let mac = app.enrolled(FakeMac::new(1, healthy_mac())).await;
        let token = mac.signing_key.token(mac.id(), app.clock.now());
        app.advance(Duration::from_secs(121));
        let problem = with(&app, format!("{SCHEME} {token}")).await;
        let problem = problem.expect_problem(401, "device_token_invalid");
        assert_eq!(problem["server_time"], app.now_ms());
    }
}
