//! `security`: the System keychain and the authorization database.

mod authorization_database;
mod keychain;

use super::session::{Exit, Session};

/// The longest line that `-i` reads, in bytes.
const LONGEST_COMMAND: usize = 4096;

/// Runs the tool.
pub fn run(session: &mut Session<'_>, args: &[String]) -> Exit {
    let (verb, rest) = match args.split_first() {
        Some((verb, rest)) => (verb.as_str(), rest),
        None => return usage(session),
    };
    if verb == "-i" {
        return read_commands(session);
    }
    execute(session, verb, rest)
}

/// Carries out one command a line. A failure is told and does not end the tool, which always says that all is well.
fn read_commands(session: &mut Session<'_>) -> Exit {
    while let Some(line) = session.stdin_line(LONGEST_COMMAND) {
        let words = words(&line);
        if let Some((verb, rest)) = words.split_first() {
            execute(session, verb, rest);
        }
    }
    0
}

/// The words of a command: parted by blanks, held together by quotes; a backslash takes the meaning from what follows.
fn words(line: &str) -> Vec<String> {
    let mut words = Vec::new();
    let mut word: Option<String> = None;
    let mut quote = None;
    let mut rest = line.chars();
    while let Some(c) = rest.next() {
        match (c, quote) {
            ('\\', _) => word.get_or_insert_default().extend(rest.next()),
            (_, Some(open)) if c == open => quote = None,
            ('"' | '\'', None) => {
                quote = Some(c);
                word.get_or_insert_default();
            }
            (' ' | '\t', None) => words.extend(word.take()),
            _ => word.get_or_insert_default().push(c),
        }
    }
    words.extend(word);
    words
}

fn execute(session: &mut Session<'_>, verb: &str, rest: &[String]) -> Exit {
    match verb {
        "add-generic-password" => keychain::add(session, rest),
        "find-generic-password" => keychain::find(session, rest),
        "delete-generic-password" => keychain::delete(session, rest),
        "authorizationdb" => authorization_database::run(session, rest),
        // Re-keys the login keychain, which nothing here depends on.
        "set-keychain-password" => 0,
        _ => usage(session),
    }
}

fn usage(session: &mut Session<'_>) -> Exit {
    session.err("Usage: security [-h] [-i] [-l] [-p prompt] [-q] [-v] [command] [opt ...]");
    2
}
