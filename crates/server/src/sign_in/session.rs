//! A session that begins.

use axum::http::header::SET_COOKIE;
use axum::response::AppendHeaders;
use store::session::Beginning;
use trust::access::{SESSION_LASTS, SessionEnd};

use super::Address;
use crate::app::App;
use crate::identity::cookie::set_session;
use crate::token::{self, Purpose};

/// A session that the browser is given once the store has it.
pub(crate) struct NewSession {
    token: String,
    /// What the store keeps of it.
    pub beginning: Beginning,
}

impl NewSession {
    /// A session that begins now.
    pub(crate) fn from(app: &App, address: Address) -> Self {
        let token = token::new(Purpose::Session, &app.entropy);
        let at = app.now();
        Self {
            beginning: Beginning {
                id: app.entropy.id(at),
                hash: token::hash(&token),
                address: address.text(),
                at,
                end: SessionEnd::of_one_begun_at(at),
            },
            token,
        }
    }

    /// The header that gives it to the browser.
    pub(crate) fn cookie(&self, app: &App) -> AppendHeaders<[(axum::http::HeaderName, String); 1]> {
        let cookie = set_session(&self.token, SESSION_LASTS, app.settings.secure_cookies);
        AppendHeaders([(SET_COOKIE, cookie)])
    }
}
