//! Where a browser has found this server.

use axum::http::uri::Authority;
use axum::http::{HeaderMap, Uri, header};

use crate::app::App;

/// The scheme, host and port with which a browser has found this server; empty when it does not say.
pub(super) fn origin(app: &App, uri: &Uri, headers: &HeaderMap) -> String {
    let named = headers.get(header::HOST).and_then(|host| host.to_str().ok());
    // HTTP/2 has no such header; the address names the host there.
    let host = uri.authority().map(Authority::as_str).or(named);
    let scheme = if app.settings.secure_cookies {
        "https"
    } else {
        "http"
    };
    host.map(|host| format!("{scheme}://{host}")).unwrap_or_default()
}
