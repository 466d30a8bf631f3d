//! What is known of a password and its account when a predicate is asked.

use super::neighbours;
use super::number::Span;

/// What is known. Times are seconds since 1970.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct Facts<'a> {
    pub(crate) password: Option<&'a str>,
    pub(crate) record_name: Option<&'a str>,
    /// Whether the account has had passwords before: a new one has no history.
    pub(crate) has_history: bool,
    pub(crate) now: Option<f64>,
    pub(crate) created: Option<f64>,
    pub(crate) last_password_change: Option<f64>,
    pub(crate) last_authentication: Option<f64>,
    pub(crate) last_failure: Option<f64>,
    pub(crate) failures: Option<f64>,
}

impl Facts<'_> {
    /// The value of this name.
    pub(super) fn number(&self, name: &str) -> Option<Span> {
        let known = match name {
            "policyAttributeCurrentTime" => self.now,
            "policyAttributeCreationTime" => self.created,
            "policyAttributeLastPasswordChangeTime" => self.last_password_change,
            "policyAttributeLastAuthenticationTime" => self.last_authentication,
            "policyAttributeLastFailedAuthenticationTime" => self.last_failure,
            "policyAttributeFailedAuthentications" => self.failures,
            // How Apple counts these is not documented: somewhere between nothing and the longest chain.
            "policyAttributeConsecutiveCharacters" | "policyAttributeSequentialCharacters" => {
                let longest = neighbours::longest_chain(self.password?);
                return Some(Span {
                    low: 0.0,
                    high: longest as f64,
                });
            }
            _ => None,
        };
        known.map(Span::exactly)
    }
}
