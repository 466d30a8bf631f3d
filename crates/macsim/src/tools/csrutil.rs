//! `csrutil status`: System Integrity Protection.

use super::session::{Exit, Session};
use crate::model::start_up::Integrity;

/// What can be protected, as macOS 11 and later list it. The versions before list the first seven.
const PROTECTIONS: &[&str] = &[
    "Apple Internal",
    "Kext Signing",
    "Filesystem Protections",
    "Debugging Restrictions",
    "DTrace Restrictions",
    "NVRAM Protections",
    "BaseSystem Verification",
    "Boot-arg Restrictions",
    "Kernel Integrity Protections",
    "Authenticated Root Requirement",
];
const BEFORE_MACOS_11: usize = 7;

/// Runs the tool. Whatever else it can do, it does in recoveryOS only.
pub fn run(session: &mut Session<'_>, args: &[String]) -> Exit {
    if args.first().map(String::as_str) != Some("status") {
        session.err("csrutil: This tool needs to be executed from Recovery OS.");
        return 1;
    }
    let (integrity, major) = session.look(|mac| (mac.start_up.integrity.clone(), mac.os.major));
    let status = |word: &str| format!("System Integrity Protection status: {word}.");
    let off = match integrity {
        Integrity::On => {
            session.out(&status("enabled"));
            return 0;
        }
        Integrity::Off => {
            session.out(&status("disabled"));
            return 0;
        }
        Integrity::Without(off) => off,
    };
    let (word, listed) = if major >= 11 {
        ("unknown (Custom Configuration)", PROTECTIONS)
    } else {
        ("enabled (Custom Configuration)", &PROTECTIONS[..BEFORE_MACOS_11])
    };
    session.out(&status(word));
    session.out("");
    session.out("Configuration:");
    for name in listed {
        // Only Apple's own Macs have the first.
        let is_off = off.contains(*name) || *name == "Apple Internal";
        session.out(&format!(
            "\t{name}: {}",
            if is_off { "disabled" } else { "enabled" }
        ));
    }
    session.out("");
    session.out("This is an unsupported configuration, likely to break in the future and leave your machine in an unknown state.");
    0
}
