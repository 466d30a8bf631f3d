//! `scutil --get NAME` and `show State:/Users/ConsoleUser` on standard input.

use super::session::{Exit, Session};

/// Runs the tool.
pub fn run(session: &mut Session<'_>, args: &[String]) -> Exit {
    if let Some(name) = args
        .iter()
        .position(|arg| arg == "--get")
        .and_then(|position| args.get(position + 1))
    {
        let value = session.look(|mac| mac.computer_name.clone());
        if matches!(name.as_str(), "ComputerName" | "LocalHostName" | "HostName") {
            session.out(&value);
            return 0;
        }
        session.err(&format!("{name}: not set"));
        return 1;
    }
    let commands = String::from_utf8_lossy(&session.stdin_rest()).into_owned();
    for command in commands.lines() {
        match command.split_whitespace().collect::<Vec<_>>().as_slice() {
            ["show", "State:/Users/ConsoleUser"] => console_user(session),
            ["show", _] => session.out("  No such key"),
            _ => {}
        }
    }
    0
}

fn console_user(session: &mut Session<'_>) {
    let user = session.look(|mac| {
        let name = match &mac.session.console_user {
            Some(name) => name.as_str(),
            None if mac.session.setup_assistant => "_mbsetupuser",
            None => return None,
        };
        mac.directory
            .user(name)
            .map(|user| (user.name().to_owned(), user.uid(), user.gid()))
    });
    session.out("<dictionary> {");
    match user {
        Some((name, uid, gid)) => {
            session.out(&format!("  GID : {gid}"));
            session.out(&format!("  Name : {name}"));
            session.out(&format!("  UID : {uid}"));
        }
        None => session.out("  Name : loginwindow"),
    }
    session.out("}");
}
