//! `diskutil`: `info` and the APFS verbs that show and prove who can open the volume.

mod apfs_list;
mod crypto_users;
mod device;
mod info;
mod preboot_transcript;
mod unlock;
mod update_preboot;

use super::session::{Exit, Session};
use crate::model::volume::FileSystem;

/// Runs the tool.
pub fn run(session: &mut Session<'_>, args: &[String]) -> Exit {
    let (verb, rest) = match args.split_first() {
        Some((verb, rest)) => (verb.to_lowercase(), rest),
        None => return usage(session),
    };
    match verb.as_str() {
        "info" => info::run(session, rest),
        "apfs" => apfs(session, rest),
        _ => usage(session),
    }
}

fn apfs(session: &mut Session<'_>, args: &[String]) -> Exit {
    let (verb, rest) = match args.split_first() {
        Some((verb, rest)) => (verb.to_lowercase(), rest),
        None => return usage(session),
    };
    if session.look(|mac| mac.os.major == 10 && mac.os.minor < 12) {
        return usage(session);
    }
    if verb == "list" {
        return apfs_list::run(session, rest);
    }
    // Device or mount point may stand before or behind the options.
    let target = rest
        .iter()
        .find(|arg| !arg.starts_with('-') && !is_option_value(rest, arg))
        .cloned();
    let target = target.unwrap_or_default();
    if session.look(|mac| mac.volume.file_system != FileSystem::Apfs) {
        session.err(&format!("{target} is not an APFS Volume"));
        return 1;
    }
    let Some(device) = session.look(|mac| device::resolve(&mac.volume, &target)) else {
        session.err(&format!("Could not find disk for {target}"));
        return 1;
    };
    match verb.as_str() {
        "listcryptousers" | "listusers" | "listcryptokeys" | "listkeys" => {
            crypto_users::run(session, rest, &device)
        }
        "unlockvolume" | "unlock" => unlock::unlock_volume(session, rest, &device),
        "changepassphrase" => unlock::change_passphrase(session, rest, &device),
        "updatepreboot" => update_preboot::run(session),
        "syncpatchusers" => {
            session.out("Started APFS operation");
            session.out("Finished APFS operation");
            0
        }
        _ => usage(session),
    }
}

/// Whether `arg` is the value of the option in front of it.
fn is_option_value(args: &[String], arg: &String) -> bool {
    args.windows(2).any(|pair| {
        std::ptr::eq(&pair[1], arg)
            && matches!(
                pair[0].to_lowercase().as_str(),
                "-user" | "-passphrase" | "-oldpassphrase" | "-newpassphrase" | "-od" | "-mountpoint"
            )
    })
}

fn usage(session: &mut Session<'_>) -> Exit {
    session.out("Usage: diskutil [quiet] <verb> <options>, where <verb> is as follows:");
    session.out("");
    session.out("     info[rmation]     (Get information on a specific disk or partition)");
    session.out("     apfs <verb>       (Perform additional verbs related to APFS)");
    1
}
