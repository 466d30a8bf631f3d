//! The System keychain's generic passwords. Values are masked, so that a search for a password through the
//! Mac's directory finds only places where it really stands in clear.

use serde::{Deserialize, Serialize};

use super::digest::hmac;

/// A generic password.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct KeychainItem {
    /// `-s`.
    pub service: String,
    /// `-a`.
    pub account: String,
    masked: Vec<u8>,
}

/// All generic passwords of the System keychain.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct SystemKeychain(Vec<KeychainItem>);

impl KeychainItem {
    /// The secret.
    #[must_use]
    pub fn secret(&self) -> String {
        String::from_utf8_lossy(&mask(&self.service, &self.account, &self.masked)).into_owned()
    }
}

impl SystemKeychain {
    /// The first item that matches; `None` matches every service or account.
    #[must_use]
    pub fn find(&self, service: Option<&str>, account: Option<&str>) -> Option<&KeychainItem> {
        self.0.iter().find(|item| {
            service.is_none_or(|service| service == item.service)
                && account.is_none_or(|account| account == item.account)
        })
    }

    /// Adds an item; one for the same service and account is replaced.
    pub fn put(&mut self, service: &str, account: &str, secret: &str) {
        self.remove(Some(service), Some(account));
        self.0.push(KeychainItem {
            service: service.to_owned(),
            account: account.to_owned(),
            masked: mask(service, account, secret.as_bytes()),
        });
    }

    /// Removes the first item that matches; false if there is none.
    pub fn remove(&mut self, service: Option<&str>, account: Option<&str>) -> bool {
        let Some(found) = self.find(service, account).cloned() else {
            return false;
        };
        self.0.retain(|item| *item != found);
        true
    }
}

fn mask(service: &str, account: &str, bytes: &[u8]) -> Vec<u8> {
    let key = hmac(&[0x4B; 32], format!("{service}\0{account}").as_bytes());
    let block = |number: usize| hmac(&key, &number.to_le_bytes());
    bytes
        .chunks(32)
        .enumerate()
        .flat_map(|(number, chunk)| {
            let mask = block(number);
            chunk
                .iter()
                .zip(mask)
                .map(|(byte, mask)| byte ^ mask)
                .collect::<Vec<u8>>()
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn secrets_come_back_and_do_not_stand_in_the_state() {
        let mut keychain = SystemKeychain::default();
        let secret = "a secret that is longer than one block of mask bytes";
        keychain.put("s", "a", "older");
        keychain.put("s", "a", secret);
        assert_eq!(
            keychain
                .find(Some("s"), None)
                .map(KeychainItem::secret)
                .as_deref(),
            Some(secret)
        );
        assert!(!serde_json::to_string(&keychain).unwrap().contains("secret"));
        assert!(keychain.remove(None, Some("a")) && keychain.find(None, None).is_none());
    }
}
