//! What Open Directory keeps of a password: salted, one-way.

use serde::{Deserialize, Serialize};

use super::digest::{Bytes32, fingerprint, stretch};
use super::random::Random;

/// Checks a password without storing it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PasswordVerifier {
    salt: Bytes32,
    entropy: Bytes32,
    pub(super) fingerprint: Bytes32,
    /// True for the empty password, which FileVault and the bootstrap token refuse.
    pub blank: bool,
}

const PURPOSE: &str = "directory";

impl PasswordVerifier {
    /// The verifier of `password`.
    pub fn of(password: &str, random: &mut Random) -> Self {
        let salt = Bytes32(random.bytes());
        let entropy = Bytes32(stretch(PURPOSE, password, &salt));
        Self {
            salt,
            entropy,
            fingerprint: fingerprint(password),
            blank: password.is_empty(),
        }
    }

    /// True if `password` is the one this was made of.
    #[must_use]
    pub fn accepts(&self, password: &str) -> bool {
        Bytes32(stretch(PURPOSE, password, &self.salt)) == self.entropy
    }
}
