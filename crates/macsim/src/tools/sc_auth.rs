//! `sc_auth filevault -o enable|disable|status -u USER`: smart cards for FileVault need a token first.

use super::session::{Exit, Session};

/// Runs the tool.
pub fn run(session: &mut Session<'_>, args: &[String]) -> Exit {
    let value = |flag: &str| {
        args.iter()
            .position(|arg| arg == flag)
            .and_then(|position| args.get(position + 1))
            .cloned()
    };
    let name = value("-u").unwrap_or_default();
    if args.first().map(String::as_str) != Some("filevault") {
        session.err("Usage: sc_auth filevault -o <status|enable|disable> -u <user> [-h <hash>]");
        return 1;
    }
    if session.look(|mac| {
        mac.directory
            .user(&name)
            .is_none_or(|user| !user.has_token_label())
    }) {
        session.err(&format!(
            "SecureToken for user {name} is needed and is not present"
        ));
        return 1;
    }
    session.out(&format!("FileVault smart card is disabled for user {name}"));
    0
}
