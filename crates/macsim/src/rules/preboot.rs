//! Rebuilding the copy that the FileVault login screen reads.

use crate::model::crypto_user::CryptoUserKind;
use crate::model::mac::Mac;
use crate::model::preboot::PrebootUser;

/// Copies today's crypto users, hidden ones included, into the pre-boot list.
pub fn update_preboot(mac: &mut Mac) {
    mac.preboot = mac
        .volume
        .crypto_users
        .iter()
        .filter(|crypto_user| crypto_user.kind == CryptoUserKind::LocalOpenDirectory)
        .filter_map(|crypto_user| mac.directory.user_by_guid(&crypto_user.uuid))
        .map(|user| PrebootUser {
            guid: user.guid().to_owned(),
            name: user.name().to_owned(),
            real_name: user.real_name().to_owned(),
        })
        .collect();
    mac.effects.preboot_updates += 1;
}
