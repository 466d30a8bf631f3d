//! `PUT /mdm/v1/check-in`: a Mac enrols, leaves, gives its bootstrap token or asks for it.

use axum::extract::State;
use axum::http::StatusCode;
use axum::response::{IntoResponse as _, Response};
use mdm::check_in::{self, Message};
use store::mdm_enrolment::{Authentication, CallingMac};
use trust::code::Code;
use trust::mdm_enrolment::{Authenticated, has_udid, is_this_mac};

use super::bootstrap_token;
use super::signed::{Signed, not_understood, refused};
use crate::app::{App, SharedApp};
use crate::problem::Problem;

/// Takes what a Mac says.
pub(crate) async fn check_in(State(app): State<SharedApp>, signed: Signed) -> Result<Response, Problem> {
    let Signed { mac, body } = signed;
    let said = check_in::read(&body).map_err(|error| not_understood(&mac, error))?;
    let udid = said.udid.as_deref();
    if let Message::Authenticate { serial_number } = &said.message {
        if !is_this_mac(
            serial_number.as_deref(),
            udid,
            &mac.serial_number,
            &mac.hardware_uuid,
        ) {
            return Err(another_mac(&mac));
        }
        return authenticate(&app, mac).await;
    }
    if !has_udid(udid, &mac.hardware_uuid) {
        return Err(another_mac(&mac));
    }
    if !mac.state.is_enrolled() {
        return Err(refused());
    }
    match said.message {
        // 410 says that people are not managed here; the Mac asks no more.
        Message::UserAuthenticate => Ok(StatusCode::GONE.into_response()),
        // What a person's session says of itself is no news of the Mac.
        _ if said.is_of_user => Ok(StatusCode::OK.into_response()),
        Message::TokenUpdate => {
            store::mdm_enrolment::renewed(&app.store, &mac).await?;
            Ok(StatusCode::OK.into_response())
        }
        Message::CheckOut => {
            if store::mdm_enrolment::check_out(&app.store, &mac, app.now()).await? {
                tracing::info!(device = %mac.device_id, "management profile removed");
                app.events.device(mac.organization_id, mac.device_id);
            }
            Ok(StatusCode::OK.into_response())
        }
        Message::SetBootstrapToken(token) => bootstrap_token::set(&app, &mac, token.as_ref()).await,
        Message::GetBootstrapToken => bootstrap_token::get(&app, &mac).await,
        Message::Authenticate { .. } | Message::Other => {
            Err(Problem::invalid("MessageType", "is one that this server knows"))
        }
    }
}

async fn authenticate(app: &App, mac: CallingMac) -> Result<Response, Problem> {
    let new = Authentication { mac, at: app.now() };
    match store::mdm_enrolment::authenticate(&app.store, &new).await? {
        Authenticated::Anew => {
            tracing::info!(device = %new.mac.device_id, "Mac enrolled with device management");
            app.events.device(new.mac.organization_id, new.mac.device_id);
        }
        Authenticated::Again => {}
        Authenticated::Refused => return Err(refused()),
    }
    Ok(StatusCode::OK.into_response())
}

fn another_mac(mac: &CallingMac) -> Problem {
    tracing::warn!(device = %mac.device_id, "another Mac uses this one's management profile");
    Problem::new(StatusCode::BAD_REQUEST, Code::MdmAnotherMac)
}
