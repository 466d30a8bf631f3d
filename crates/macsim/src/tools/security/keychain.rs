//! Generic passwords of the System keychain.

use crate::tools::session::{Exit, Session};

const NOT_FOUND: Exit = 44;
const DUPLICATE: Exit = 45;

#[derive(Debug, Default)]
struct Item {
    account: Option<String>,
    service: Option<String>,
    /// `-w`; `Some(None)` is a `-w` without a value.
    password: Option<Option<String>>,
    update: bool,
    keychain: Option<String>,
}

/// `add-generic-password`.
pub(super) fn add(session: &mut Session<'_>, args: &[String]) -> Exit {
    let item = parse(args, true);
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

/// `find-generic-password`.
pub(super) fn find(session: &mut Session<'_>, args: &[String]) -> Exit {
    let item = parse(args, false);
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

/// `delete-generic-password`.
pub(super) fn delete(session: &mut Session<'_>, args: &[String]) -> Exit {
    let item = parse(args, false);
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
