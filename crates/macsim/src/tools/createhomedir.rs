//! `createhomedir -c [-u USER]`: makes homes that are missing.

use super::session::{Exit, Session};

/// Runs the tool.
pub fn run(session: &mut Session<'_>, args: &[String]) -> Exit {
    let user = args
        .iter()
        .position(|arg| arg == "-u")
        .and_then(|position| args.get(position + 1))
        .cloned();
    session.effect(|mac| {
        let homes: Vec<String> = mac
            .directory
            .people()
            .filter(|person| user.as_ref().is_none_or(|user| user == person.name()))
            .map(|person| person.home().to_owned())
            .filter(|home| home.starts_with("/Users/"))
            .collect();
        mac.homes.extend(homes);
    });
    0
}
