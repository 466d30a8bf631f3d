//! What a form carries so that no other site can send it: no other site knows the session that it is made from.

use sha2::{Digest as _, Sha256};
use subtle::ConstantTimeEq as _;

use crate::token::hexadecimal;

/// The name of the hidden field.
pub(super) const FIELD: &str = "form_token";

/// A session's form token. It does not tell the session.
pub(super) struct FormToken(String);

impl FormToken {
    /// The token of this session.
    pub(super) fn of_session(session: &str) -> Self {
        let digest = Sha256::new()
            .chain_update("bestow form token\0")
            .chain_update(session);
        Self(hexadecimal(&digest.finalize()))
    }

    /// The token as it stands in the form.
    pub(super) fn as_str(&self) -> &str {
        &self.0
    }

    /// Whether a form came with it. Takes the same time however much of it is right.
    pub(super) fn is(&self, given: &str) -> bool {
        self.0.as_bytes().ct_eq(given.as_bytes()).into()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_token_is_one_sessions_own_and_does_not_tell_it() {
        let token = FormToken::of_session("bestow_session_a");
        assert!(token.is(FormToken::of_session("bestow_session_a").as_str()));
        for other in ["", "bestow_session_a", FormToken::of_session("b").as_str()] {
            assert!(!token.is(other), "{other}");
        }
    }
}
