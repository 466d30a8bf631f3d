//! What keeps other sites from using forms that nobody has to be signed in for.

use axum::http::HeaderMap;
use trust::code::Code;

use crate::problem::Problem;

/// What browsers say of where a request comes from.
const FETCH_SITE: &str = "sec-fetch-site";

/// Refuses what another site has sent: it could sign the reader in as somebody else, who then reads what the reader does.
pub(super) fn check(headers: &HeaderMap) -> Result<(), Problem> {
    match headers.get(FETCH_SITE).map(|value| value.as_bytes()) {
        None | Some(b"same-origin" | b"none") => Ok(()),
        Some(_) => Err(Problem::forbidden(Code::SessionChanged)),
    }
}

/// The page of this site that an address names; the first page where it names another site, or none.
pub(super) fn page_of(address: &str) -> &str {
    let is_path = address.starts_with('/') && address.bytes().all(|byte| byte.is_ascii_graphic());
    // Browsers take `//host` and `/\host` for another site.
    let is_elsewhere = address.starts_with("//") || address.contains('\\');
    if is_path && !is_elsewhere { address } else { "/" }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nobody_is_led_to_another_site() {
        for own in ["/", "/devices/x?tab=1#a", "/actions"] {
            assert_eq!(page_of(own), own);
        }
        for other in [
            "",
            "//evil.example",
            "/\\evil.example",
            "https://evil.example",
            "/a\r\nb",
            "x",
        ] {
            assert_eq!(page_of(other), "/", "{other}");
        }
    }

    #[test]
    fn another_sites_form_is_refused() {
        let with =
            |site: &'static str| HeaderMap::from_iter([(FETCH_SITE.parse().unwrap(), site.parse().unwrap())]);
        assert!(check(&HeaderMap::new()).is_ok());
        assert!(check(&with("same-origin")).is_ok() && check(&with("none")).is_ok());
        assert!(check(&with("cross-site")).is_err() && check(&with("same-site")).is_err());
    }
}
