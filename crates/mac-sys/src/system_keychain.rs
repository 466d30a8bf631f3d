//! Passwords in the System keychain, which belongs to the Mac and not to a person.
//!
//! Root opens it without a password. The program that puts a password there is trusted to read it again; another one,
//! or the same one signed by somebody else, would need a person to allow it, and nobody is asked: it is refused.

use secrecy::{ExposeSecret as _, SecretString};
use security_framework::base::Error as FrameworkError;
use security_framework::os::macos::keychain::{KeychainUserInteractionLock, SecKeychain};
use zeroize::Zeroizing;

const PATH: &str = "/Library/Keychains/System.keychain";
/// `errSecItemNotFound`.
const ITEM_NOT_FOUND: i32 = -25300;

/// Where a password lies in the keychain.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Item<'a> {
    /// The name of the service.
    pub service: &'a str,
    /// The name of the account.
    pub account: &'a str,
}

/// Why the keychain did not do what it was asked.
#[derive(Debug, thiserror::Error)]
pub enum KeychainError {
    /// The framework refused.
    #[error("{doing} (status {})", source.code())]
    Framework {
        /// What was being done.
        doing: &'static str,
        /// What the framework said.
        #[source]
        source: FrameworkError,
    },
    /// The item is not text, so it is none of ours.
    #[error("read a keychain item that is not text")]
    NotText,
    /// The item is still there after it was deleted.
    #[error("delete a keychain item, which stayed")]
    NotDeleted,
}

/// Reads a password; `None` when there is no such item.
///
/// # Errors
/// When the framework refuses, or the item is not text.
pub fn get(item: Item<'_>) -> Result<Option<SecretString>, KeychainError> {
    let (keychain, _no_dialogs) = open()?;
    match keychain.find_generic_password(item.service, item.account) {
        Ok((password, _)) => {
            let bytes = Zeroizing::new(password.to_vec());
            let text = std::str::from_utf8(&bytes).map_err(|_| KeychainError::NotText)?;
            Ok(Some(SecretString::from(text)))
        }
        Err(error) if error.code() == ITEM_NOT_FOUND => Ok(None),
        Err(error) => Err(refused("read a keychain item")(error)),
    }
}

/// Puts a password there, over one that is there.
///
/// # Errors
/// When the framework refuses.
pub fn set(item: Item<'_>, password: &SecretString) -> Result<(), KeychainError> {
    let (keychain, _no_dialogs) = open()?;
    let bytes = password.expose_secret().as_bytes();
    keychain
        .set_generic_password(item.service, item.account, bytes)
        .map_err(refused("write a keychain item"))
}

/// Removes a password. Answers whether there was one.
///
/// # Errors
/// When the framework refuses, or the item is still there afterwards.
pub fn delete(item: Item<'_>) -> Result<bool, KeychainError> {
    let (keychain, _no_dialogs) = open()?;
    let find = || keychain.find_generic_password(item.service, item.account);
    match find() {
        Ok((_, found)) => found.delete(),
        Err(error) if error.code() == ITEM_NOT_FOUND => return Ok(false),
        Err(error) => return Err(refused("find a keychain item")(error)),
    }
    // The framework's deletion answers nothing, so it is looked at.
    match find() {
        Err(error) if error.code() == ITEM_NOT_FOUND => Ok(true),
        _ => Err(KeychainError::NotDeleted),
    }
}

/// The keychain, and the promise that no dialog is shown while it is held: a daemon would wait for ever.
fn open() -> Result<(SecKeychain, KeychainUserInteractionLock), KeychainError> {
    let no_dialogs = SecKeychain::disable_user_interaction().map_err(refused("turn keychain dialogs off"))?;
    let keychain = SecKeychain::open(PATH).map_err(refused("open the System keychain"))?;
    Ok((keychain, no_dialogs))
}

fn refused(doing: &'static str) -> impl FnOnce(FrameworkError) -> KeychainError {
    move |source| KeychainError::Framework { doing, source }
}
