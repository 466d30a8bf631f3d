//! `stat -f%Su /dev/console`: who owns the console is who is logged in at the screen.

use super::session::{Exit, Session};

/// Runs the tool for `/dev/console`.
pub fn run(session: &mut Session<'_>, args: &[String]) -> Exit {
    let format: String = args.iter().take(args.len().saturating_sub(1)).cloned().collect();
    if args.last().map(String::as_str) != Some("/dev/console") {
        let path = args.last().cloned().unwrap_or_default();
        session.err(&format!("stat: {path}: stat: No such file or directory"));
        return 1;
    }
    let (name, uid) = session.look(|mac| {
        let name = match &mac.session.console_user {
            Some(name) => name.clone(),
            None if mac.session.setup_assistant => "_mbsetupuser".to_owned(),
            None => "root".to_owned(),
        };
        let uid = mac.directory.user(&name).map_or(0, |user| user.uid());
        (name, uid)
    });
    if format.contains("%u") {
        session.out(&uid.to_string());
    } else {
        session.out(&name);
    }
    0
}
