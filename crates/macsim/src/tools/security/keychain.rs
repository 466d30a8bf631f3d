//! `security`: generic passwords of the System keychain.

use super::session::{Exit, Session};

const NOT_FOUND: Exit = 44;
const DUPLICATE: Exit = 45;

/// The longest line that `-i` reads, in bytes.
const LONGEST_COMMAND: usize = 4096;

#[derive(Debug, Default)]
struct Item {
    account: Option<String>,
    service: Option<String>,
    /// `-w`; `Some(None)` is a `-w` without a value.
    password: Option<Option<String>>,
    update: bool,
    keychain: Option<String>,
}

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
        "add-generic-password" => add(session, parse(rest, true)),
        "find-generic-password" => find(session, &parse(rest, false)),
        "delete-generic-password" => delete(session, &parse(rest, false)),
        // Re-keys the login keychain, which nothing here depends on.
        "set-keychain-password" => 0,
        _ => usage(session),
    }
}

fn add(session: &mut Session<'_>, item: Item) -> Exit {
    let (service, account) = (item.service.unwrap_or_default(), item.account.unwrap_or_default());
    let secret = match item.password {
        Some(Some(given)) => given,
        Some(None) => {
            let first = session
                .getpass("password data for new item: ", 4096)
                .unwrap_or_default();
            if session.has_terminal() {
                let again = session
                    .getpass("retype password for new item: ", 4096)
                    .unwrap_or_default();
                if first != again {
                    session.err("password data mismatch");
                    return 1;
                }
            }
            first
        }
        None => String::new(),
    };
    let keychain = item
        .keychain
        .unwrap_or_else(|| "/Library/Keychains/System.keychain".to_owned());
    let added = session.effect(|mac| {
        if mac.system_keychain.find(Some(&service), Some(&account)).is_some() && !item.update {
            return false;
        }
        mac.system_keychain.put(&service, &account, &secret);
        true
    });
    if added {
        return 0;
    }
    session.err(&format!(
        "security: SecKeychainItemCreateFromContent ({keychain}): The specified item already exists in the keychain."
    ));
    DUPLICATE
}

fn find(session: &mut Session<'_>, item: &Item) -> Exit {
    let found = session.look(|mac| {
        mac.system_keychain
            .find(item.service.as_deref(), item.account.as_deref())
            .cloned()
    });
    let Some(found) = found else {
        return missing(session);
    };
    if item.password.is_some() {
        session.out(&found.secret());
    } else {
        session.out("keychain: \"/Library/Keychains/System.keychain\"");
        session.out("class: \"genp\"");
        session.out("attributes:");
        session.out(&format!("    \"acct\"<blob>=\"{}\"", found.account));
        session.out(&format!("    \"svce\"<blob>=\"{}\"", found.service));
    }
    0
}

fn delete(session: &mut Session<'_>, item: &Item) -> Exit {
    let gone = session.effect(|mac| {
        mac.system_keychain
            .remove(item.service.as_deref(), item.account.as_deref())
    });
    if gone {
        session.out("password has been deleted.");
        return 0;
    }
    missing(session)
}

fn missing(session: &mut Session<'_>) -> Exit {
    session
        .err("security: SecKeychainSearchCopyNext: The specified item could not be found in the keychain.");
    NOT_FOUND
}

fn usage(session: &mut Session<'_>) -> Exit {
    session.err("Usage: security [-h] [-i] [-l] [-p prompt] [-q] [-v] [command] [opt ...]");
    2
}

/// `-w` takes a value only when adding, and only if something stands behind it.
fn parse(args: &[String], adding: bool) -> Item {
    let mut item = Item::default();
    let mut rest = args.iter();
    while let Some(arg) = rest.next() {
        match arg.as_str() {
            "-a" => item.account = rest.next().cloned(),
            "-s" => item.service = rest.next().cloned(),
            "-w" if adding => item.password = Some(rest.next().cloned()),
            "-w" => item.password = Some(None),
            "-U" => item.update = true,
            "-A" | "-g" => {}
            flag if flag.starts_with('-') => {
                rest.next();
            }
            keychain => item.keychain = Some(keychain.to_owned()),
        }
    }
    item
}
