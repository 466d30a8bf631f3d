//! `diskutil apfs listCryptoUsers`: who can open the volume, by UUID.

use crate::model::crypto_user::CryptoUser;
use crate::model::hardware::Chip;
use crate::tools::apple_plist::{dictionary, string, xml};
use crate::tools::session::{Exit, Session};

pub(super) fn run(session: &mut Session<'_>, args: &[String], device: &str) -> Exit {
    let (users, owners) = session.look(|mac| {
        // The pre-boot volume is never encrypted.
        let users = if device == mac.volume.preboot_device {
            Vec::new()
        } else {
            mac.volume.crypto_users.clone()
        };
        (users, mac.hardware.chip == Chip::AppleSilicon)
    });
    if args.iter().any(|arg| arg == "-plist") {
        let users = users.iter().map(|user| entry(user, owners)).collect();
        session.out_raw(&xml(&dictionary([("Users", plist::Value::Array(users))])));
        return 0;
    }
    if users.is_empty() {
        session.out(&format!("No cryptographic users for {device}"));
        return 0;
    }
    let noun = if users.len() == 1 { "user" } else { "users" };
    session.out(&format!(
        "Cryptographic {noun} for {device} ({} found)",
        users.len()
    ));
    for (position, user) in users.iter().enumerate() {
        let bar = if position + 1 == users.len() { " " } else { "|" };
        session.out("|");
        session.out(&format!("+-- {}", user.uuid));
        session.out(&format!("{bar}   Type: {}", user.kind.text()));
        if owners {
            session.out(&format!(
                "{bar}   Volume Owner: {}",
                if user.volume_owner { "Yes" } else { "No" }
            ));
        }
    }
    0
}

fn entry(user: &CryptoUser, owners: bool) -> plist::Value {
    let mut pairs = vec![
        ("APFSCryptoUserType", string(user.kind.plist_text())),
        ("APFSCryptoUserUUID", string(&user.uuid)),
    ];
    if owners {
        pairs.push(("VolumeOwner", plist::Value::Boolean(user.volume_owner)));
    }
    dictionary(pairs)
}
