//! What can be asked without changing anything.

use super::exit;
use super::has;
use crate::model::crypto_user::{CryptoUserKind, PERSONAL_RECOVERY};
use crate::model::filevault::{Deferral, Progress};
use crate::model::mac::Mac;
use crate::tools::old_plist::quoted;
use crate::tools::session::{Exit, Session};

pub(super) fn status(session: &mut Session<'_>) -> Exit {
    let filevault = session.look(|mac| mac.filevault.clone());
    let (first, second) = match filevault.progress {
        Progress::Off => ("FileVault is Off.", None),
        Progress::On => ("FileVault is On.", None),
        Progress::Encrypting(percent) => (
            "FileVault is On.",
            Some(format!("Encryption in progress: Percent completed = {percent}")),
        ),
        Progress::Decrypting(percent) => (
            "FileVault is On.",
            Some(format!("Decryption in progress: Percent completed = {percent}")),
        ),
        Progress::PendingRestart => (
            "FileVault is Off, but will be enabled after the next restart.",
            None,
        ),
    };
    session.out(first);
    if let Some(second) = second {
        session.out(&second);
    }
    if filevault.master_keychain {
        session.out("FileVault master keychain appears to be installed.");
    }
    if let Some(Deferral { user: Some(user), .. }) = &filevault.deferral {
        session.out(&format!(
            "Deferred enablement appears to be active for user '{user}'."
        ));
    }
    0
}

pub(super) fn is_active(session: &mut Session<'_>) -> Exit {
    let progress = session.look(|mac| mac.filevault.progress.clone());
    let (text, exit) = match progress {
        Progress::On => ("true", 0),
        Progress::Encrypting(_) | Progress::Decrypting(_) => ("true", exit::BUSY),
        Progress::Off | Progress::PendingRestart => ("false", exit::OFF),
    };
    session.out(text);
    exit
}

/// Only while FileVault is on; an orphaned crypto user shows without a name.
pub(super) fn list(session: &mut Session<'_>, args: &[String]) -> Exit {
    let rows = session.look(|mac| {
        if mac.filevault.is_on() {
            rows(mac)
        } else {
            Vec::new()
        }
    });
    if has(args, "-extended") {
        session.out(&format!("{:<12}{:<20}{:>40}", "ESCROW", "USER", "UUID"));
        for (name, uuid) in rows {
            session.out(&format!("{:<12}{:<24}{:>36}", "", name, uuid));
        }
    } else {
        for (name, uuid) in rows {
            session.out(&format!("{name},{uuid}"));
        }
    }
    0
}

fn rows(mac: &Mac) -> Vec<(String, String)> {
    mac.volume
        .account_crypto_users()
        .map(|user| {
            let name = mac
                .directory
                .user_by_guid(&user.uuid)
                .map_or("(null)", |user| user.name());
            (name.to_owned(), user.uuid.clone())
        })
        .collect()
}

pub(super) fn has_personal_recovery_key(session: &mut Session<'_>) -> Exit {
    let has = session.look(|mac| {
        mac.filevault.is_on()
            && mac.volume.crypto_user(PERSONAL_RECOVERY).is_some()
            && !mac.knobs.denies_recovery_keys
    });
    truth(session, has)
}

pub(super) fn has_institutional_recovery_key(session: &mut Session<'_>) -> Exit {
    let has = session.look(|mac| {
        let mut users = mac.volume.crypto_users.iter();
        users.any(|user| user.kind == CryptoUserKind::InstitutionalRecovery)
            && !mac.knobs.denies_recovery_keys
    });
    truth(session, has)
}

pub(super) fn using_recovery_key(session: &mut Session<'_>) -> Exit {
    let using = session.look(|mac| mac.filevault.unlocked_with_recovery_key);
    truth(session, using)
}

pub(super) fn truth(session: &mut Session<'_>, value: bool) -> Exit {
    session.out(if value { "true" } else { "false" });
    0
}

pub(super) fn deferral(session: &mut Session<'_>) -> Exit {
    let Some(deferral) = session.look(|mac| mac.filevault.deferral.clone()) else {
        session.out("Not found.");
        return 0;
    };
    session.out("{");
    session.out("    Defer = 1;");
    session.out(&format!(
        "    OutputPath = {};",
        always_quoted(&deferral.output_path)
    ));
    if let Some(profile) = &deferral.profile_uuid {
        session.out(&format!("    ProfileUUID = {};", always_quoted(profile)));
    }
    session.out("    ShowRecoveryKey = 1;");
    session.out("    Usernames =     (");
    if let Some(user) = &deferral.user {
        session.out(&format!("        {}", quoted(user)));
    }
    session.out("    );");
    session.out("}");
    0
}

/// Paths and UUIDs come out in quotes even where plain letters would do.
fn always_quoted(text: &str) -> String {
    let text = quoted(text);
    if text.starts_with('"') {
        text
    } else {
        format!("\"{text}\"")
    }
}
