//! Devices, by a short-lived token that they sign themselves.

use axum::extract::FromRequestParts;
use axum::http::header::AUTHORIZATION;
use axum::http::request::Parts;
use store::device::Device;
use trust::code::Code;
use wire::identity::{SCHEME, UnverifiedToken};

use crate::app::SharedApp;
use crate::problem::Problem;

/// The device that asks, as it is stored. A handler that takes one serves nobody else.
#[derive(Debug, Clone)]
pub(crate) struct CallingDevice(pub Device);

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
        let device = store::device::find(&app.store, token.claimed_device())
            .await?
            .ok_or_else(refuse)?;
        token.verify(&device.signing_key, app.now()).map_err(|error| {
            tracing::info!(device = %device.id, %error, "device token refused");
            refuse()
        })?;
        app.heard_of(&device);
        Ok(Self(device))
    }
}
