//! The body of a form that may hold secrets.

use axum::extract::{FromRequest, Request};
use axum::http::StatusCode;
use secrecy::SecretString;
use zeroize::Zeroizing;

use super::{body, secret};
use crate::problem::Problem;

const TYPE: &str = "application/x-www-form-urlencoded";

/// The fields of a form, zeroised when they are dropped. It has no `Debug`.
pub(crate) struct SecretForm(Zeroizing<Vec<u8>>);

impl SecretForm {
    /// What was filled in for a field that is not secret, without the blanks around it; empty when there is none.
    pub(crate) fn text(&self, name: &str) -> String {
        self.value(name).unwrap_or_default().trim().to_owned()
    }

    /// Everything that was filled in for a field of which there can be several, each as [`Self::text`] has it.
    pub(crate) fn texts(&self, name: &str) -> Vec<String> {
        self.values(name).map(|value| value.trim().to_owned()).collect()
    }

    /// Whether a box was ticked.
    pub(crate) fn is_ticked(&self, name: &str) -> bool {
        self.value(name).is_some()
    }

    /// A secret: `None` when nothing was typed, an error with the rule when no tool could take it.
    pub(crate) fn secret(&self, name: &str) -> Result<Option<SecretString>, &'static str> {
        match self.value(name) {
            Some(text) if !text.is_empty() => secret::take(&text).map(Some),
            _ => Ok(None),
        }
    }

    /// The first value of this name, when it is text.
    fn value(&self, name: &str) -> Option<Zeroizing<String>> {
        let mut raw = self.raw(name);
        raw.next().and_then(decode)
    }

    /// The values of this name that are text.
    fn values(&self, name: &str) -> impl Iterator<Item = Zeroizing<String>> {
        self.raw(name).filter_map(decode)
    }

    /// The values of this name, as they were sent.
    fn raw(&self, name: &str) -> impl Iterator<Item = &[u8]> {
        self.0
            .split(|byte| *byte == b'&')
            .map(|pair| {
                let middle = pair.iter().position(|byte| *byte == b'=');
                middle.map_or((pair, &[][..]), |at| (&pair[..at], &pair[at + 1..]))
            })
            .filter(move |(key, _)| *key == name.as_bytes())
            .map(|(_, value)| value)
    }
}

impl<S: Sync> FromRequest<S> for SecretForm {
    type Rejection = Problem;

    async fn from_request(request: Request, _: &S) -> Result<Self, Problem> {
        let (parts, body) = request.into_parts();
        if !body::is_of_type(&parts.headers, TYPE) {
            let problem = Problem::invalid("content-type", "is `application/x-www-form-urlencoded`");
            return Err(problem.with_status(StatusCode::UNSUPPORTED_MEDIA_TYPE));
        }
        body::read(body, &parts.headers, body::LONGEST).await.map(Self)
    }
}

/// What percent-encoding stands for; `None` when it is no UTF-8.
fn decode(encoded: &[u8]) -> Option<Zeroizing<String>> {
    // What is encoded is longer than what it stands for, so this never grows.
    let mut bytes = Zeroizing::new(Vec::with_capacity(encoded.len()));
    let mut rest = encoded.iter();
    while let Some(byte) = rest.next() {
        bytes.push(match byte {
            b'+' => b' ',
            b'%' => digit(rest.next())? * 16 + digit(rest.next())?,
            other => *other,
        });
    }
    let text = std::str::from_utf8(&bytes).ok()?;
    let mut owned = Zeroizing::new(String::with_capacity(text.len()));
    owned.push_str(text);
    Some(owned)
}

fn digit(byte: Option<&u8>) -> Option<u8> {
    let value = char::from(*byte?).to_digit(16)?;
    u8::try_from(value).ok()
}

#[cfg(test)]
mod tests {
    use secrecy::ExposeSecret as _;

    use super::*;

    fn form(body: &str) -> SecretForm {
        SecretForm(Zeroizing::new(body.as_bytes().to_vec()))
    }

    #[test]
    fn fields_are_what_a_browser_meant() {
        let form = form("name=+Zo%C3%AB+%26+Co+&password=+a%2B%3D%25b+&box=on&empty=&bare");
        assert_eq!(form.text("name"), "Zoë & Co");
        assert_eq!(form.text("nothing"), "");
        let password = form.secret("password").unwrap().unwrap();
        assert_eq!(password.expose_secret(), " a+=%b ");
        assert!(form.secret("empty").unwrap().is_none());
        assert!(form.is_ticked("box") && form.is_ticked("bare") && !form.is_ticked("other"));
    }

    #[test]
    fn what_is_malformed_counts_as_not_there() {
        for body in ["x=%", "x=%4", "x=%zz", "x=%FF"] {
            assert_eq!(form(body).text("x"), "", "{body}");
        }
    }

    #[test]
    fn what_no_tool_could_take_is_refused() {
        assert!(form("p=a%0Ab").secret("p").is_err());
        assert!(form("p=%00").secret("p").is_err());
        assert!(form(&format!("p={}", "x".repeat(2000))).secret("p").is_err());
    }
}
