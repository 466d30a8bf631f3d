//! Macs, by the signature of what they send.

use axum::extract::{FromRequest, Request};
use axum::http::StatusCode;
use mdm::signature::{self, HEADER};
use store::mdm_enrolment::CallingMac;
use trust::code::Code;
use zeroize::Zeroizing;

use crate::app::SharedApp;
use crate::input::read_secret_body;
use crate::problem::Problem;
use crate::token::hexadecimal;

/// A body, and the Mac that signed exactly that. A handler that takes one serves nobody else.
pub(crate) struct Signed {
    /// Who signed it.
    pub mac: CallingMac,
    /// What was signed.
    pub body: Zeroizing<Vec<u8>>,
}

impl FromRequest<SharedApp> for Signed {
    type Rejection = Problem;

    async fn from_request(request: Request, app: &SharedApp) -> Result<Self, Problem> {
        let (parts, body) = request.into_parts();
        let body = read_secret_body(body, &parts.headers, mdm::LONGEST_MESSAGE).await?;
        let header = parts.headers.get(HEADER).ok_or_else(refused)?;
        let certificate = signature::signer(header.as_bytes(), &body).map_err(|error| {
            tracing::info!(%error, "management request refused");
            refused()
        })?;
        let mac = store::mdm_enrolment::find_calling(&app.store, &hexadecimal(&certificate)).await?;
        let mac = mac.ok_or_else(refused)?;
        Ok(Self { mac, body })
    }
}

/// Who sent it is not known, or not any more.
pub(super) fn refused() -> Problem {
    Problem::new(StatusCode::BAD_REQUEST, Code::MdmRequestRefused)
}

/// The message is none of the protocol.
pub(super) fn not_understood(mac: &CallingMac, error: mdm::PropertyListError) -> Problem {
    tracing::warn!(device = %mac.device_id, %error, "management request not understood");
    Problem::invalid("body", "is what the device management protocol says")
}
