//! One password with its name and date.

use std::io;

use rand_core::Rng;
use secrecy::{ExposeSecret as _, SecretString};
use serde::{Deserialize, Serialize};
use trust::time::Timestamp;
use zeroize::{Zeroize as _, Zeroizing};

/// A password that the agent made. `Debug` does not show the secret.
#[derive(Debug, Clone)]
pub struct Password {
    /// Drawn at random, and made of nothing: it tells passwords apart where they must not be written down.
    pub id: String,
    /// When it was made.
    pub made_at: Timestamp,
    /// The password itself.
    pub secret: SecretString,
}

impl Password {
    /// A password that was just drawn.
    pub fn new(secret: SecretString, made_at: Timestamp, random: &mut impl Rng) -> Self {
        Self {
            id: format!("{:016x}", random.next_u64()),
            made_at,
            secret,
        }
    }

    /// What the ledger of tries calls it on the account's disk key of this number: what the disk has refused on one key is another
    /// question on the next.
    pub(crate) fn on_key(&self, number: u32) -> String {
        format!("{} on key {number}", self.id)
    }

    /// The text of the keychain item.
    pub(super) fn to_item(&self) -> io::Result<SecretString> {
        let item = Item {
            id: self.id.clone(),
            made_at: self.made_at,
            password: self.secret.expose_secret().to_owned(),
        };
        let text = Zeroizing::new(serde_json::to_string(&item)?);
        Ok(SecretString::from(text.as_str()))
    }

    /// Reads the text of a keychain item.
    pub(super) fn from_item(text: &SecretString) -> io::Result<Self> {
        // The parser's error quotes nothing but a position.
        let item: Item = serde_json::from_str(text.expose_secret())?;
        Ok(Self {
            id: item.id.clone(),
            made_at: item.made_at,
            secret: SecretString::from(item.password.as_str()),
        })
    }
}

/// What stands in the keychain. Zeroised when dropped.
#[derive(Serialize, Deserialize)]
struct Item {
    id: String,
    made_at: Timestamp,
    password: String,
}

impl Drop for Item {
    fn drop(&mut self) {
        self.password.zeroize();
    }
}
