//! Tokens that are shown once: API tokens, sign-in links, invitations, session cookies, enrolment secrets, links to enrolment
//! pages and to the steps of a way back. 256 random bits each; the store sees SHA-256 only.

use std::time::Duration;

use sha2::{Digest as _, Sha256};
use trust::time::Timestamp;
use wire::encoding::Bytes;

use crate::entropy::Entropy;
use crate::problem::Problem;

/// How long a token can be used, at most.
const LONGEST_VALIDITY: Duration = Duration::from_hours(30 * 24);

/// What a token is for. Its text begins with that, so that people and secret scanners recognise it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Purpose {
    ApiToken,
    SignInLink,
    Session,
    EnrolmentSecret,
    EnrolmentLink,
    Invitation,
    RecoveryLink,
    SignInStep,
}

impl Purpose {
    fn prefix(self) -> &'static str {
        match self {
            Self::ApiToken => "bestow_api_",
            Self::SignInLink => "bestow_link_",
            Self::Session => "bestow_session_",
            Self::EnrolmentSecret => "bestow_enrol_",
            Self::EnrolmentLink => "bestow_person_",
            Self::Invitation => "bestow_invite_",
            Self::RecoveryLink => "bestow_recovery_",
            Self::SignInStep => "bestow_step_",
        }
    }
}

/// A new token.
pub(crate) fn new(purpose: Purpose, entropy: &Entropy) -> String {
    let bytes: [u8; 32] = entropy.bytes();
    format!("{}{}", purpose.prefix(), Bytes(bytes.to_vec()).to_text())
}

/// Until when a token can be used that is made now and asked for with the field `valid_for_s`.
pub(crate) fn expiry(now: Timestamp, valid_for: Duration) -> Result<Timestamp, Problem> {
    if valid_for.is_zero() || valid_for > LONGEST_VALIDITY {
        return Err(Problem::invalid("valid_for_s", "is from 1 to 2592000"));
    }
    Ok(now.plus(valid_for))
}

/// What the store keeps of a token: its SHA-256 in lower-case hexadecimal.
pub(crate) fn hash(token: &str) -> String {
    hexadecimal(&Sha256::digest(token.as_bytes()))
}

/// Bytes in lower-case hexadecimal.
pub(crate) fn hexadecimal(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}
