//! A ready-made password hash is written into the record (MDM SetAutoAdminPassword, package-made
//! accounts): the directory follows, the disk does not.

use super::refusal::{Circumstances, Credentials, Refusal};
use super::set_password::store;
use crate::model::mac::Mac;

/// Writes the password as a hash.
///
/// # Errors
/// `UnknownUser`.
pub fn inject_hash(mac: &mut Mac, who: Credentials<'_>, at: Circumstances) -> Result<(), Refusal> {
    if mac.directory.user(who.name).is_none() {
        return Err(Refusal::UnknownUser(who.name.to_owned()));
    }
    store(mac, who, at);
    if let Some(user) = mac.directory.user_mut(who.name) {
        user.hash_made = true;
    }
    Ok(())
}
