//! The cookie that carries a session.

use std::time::Duration;

use axum::http::HeaderMap;
use axum::http::header::COOKIE;

/// With TLS the browser takes the cookie from this host only, and sends it by TLS only.
const NAME: &str = "bestow_session";

/// The session's token, when the request carries one.
pub(crate) fn session(headers: &HeaderMap) -> Option<&str> {
    headers
        .get_all(COOKIE)
        .iter()
        .filter_map(|value| value.to_str().ok())
        .flat_map(|value| value.split(';'))
        .filter_map(|pair| pair.trim().split_once('='))
        .find(|(name, _)| *name == NAME)
        .map(|(_, value)| value)
}

/// The header that gives a browser its session.
pub(crate) fn set_session(token: &str, lifetime: Duration, secure: bool) -> String {
    let secure = if secure { "; Secure" } else { "" };
    format!(
        "{NAME}={token}; Path=/; Max-Age={}; HttpOnly; SameSite=Lax{secure}",
        lifetime.as_secs()
    )
}

/// The header that takes it away again.
pub(crate) fn forget_session(secure: bool) -> String {
    set_session("", Duration::ZERO, secure)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_session_is_found_among_other_cookies() {
        let mut headers = HeaderMap::new();
        assert_eq!(session(&headers), None);
        headers.append(COOKIE, "theme=dark; bestow_session=abc".parse().unwrap());
        assert_eq!(session(&headers), Some("abc"));
    }

    #[test]
    fn no_script_and_no_other_site_gets_the_cookie() {
        let cookie = set_session("abc", Duration::from_secs(60), true);
        assert_eq!(
            cookie,
            "bestow_session=abc; Path=/; Max-Age=60; HttpOnly; SameSite=Lax; Secure"
        );
        assert!(!set_session("abc", Duration::from_secs(60), false).contains("Secure"));
        assert!(forget_session(true).starts_with("bestow_session=; Path=/; Max-Age=0;"));
    }
}
