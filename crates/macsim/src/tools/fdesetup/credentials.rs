//! Names and passwords for fdesetup: a property list on standard input, or prompts.

use crate::model::os::OsVersion;
use crate::tools::session::Session;

/// A pipe's line may be this long.
const PIPE_LIMIT: usize = 1024;

/// What the caller gave.
#[derive(Clone, Default)]
pub(super) struct Given {
    /// `Username`.
    pub(super) name: Option<String>,
    /// `Password`: an account's or the recovery key.
    pub(super) password: String,
    /// `AdditionalUsers`.
    pub(super) others: Vec<(String, String)>,
}

/// Reads the property list from standard input. `None` if it is none.
pub(super) fn from_plist(session: &mut Session<'_>) -> Option<Given> {
    let bytes = session.stdin_rest();
    let value = plist::Value::from_reader(std::io::Cursor::new(bytes)).ok()?;
    let dictionary = value.as_dictionary()?;
    let text = |dictionary: &plist::Dictionary, key: &str| {
        dictionary
            .get(key)
            .and_then(plist::Value::as_string)
            .map(str::to_owned)
    };
    let others = dictionary.get("AdditionalUsers").and_then(plist::Value::as_array);
    let others = others
        .into_iter()
        .flatten()
        .filter_map(plist::Value::as_dictionary)
        .map(|other| {
            (
                text(other, "Username").unwrap_or_default(),
                text(other, "Password").unwrap_or_default(),
            )
        })
        .collect();
    Some(Given {
        name: text(dictionary, "Username"),
        password: text(dictionary, "Password").unwrap_or_default(),
        others,
    })
}

/// Asks for a name and its password.
pub(super) fn ask(session: &mut Session<'_>, name: Option<&str>) -> Given {
    let name = name
        .map(str::to_owned)
        .or_else(|| session.ask("Enter the user name:"))
        .unwrap_or_default();
    let password = session.getpass(&format!("Enter the password for user '{name}':"), PIPE_LIMIT);
    Given {
        name: Some(name),
        password: password.unwrap_or_default(),
        others: Vec::new(),
    }
}

/// Asks for the one who adds and for the added account's password; the words changed with macOS 11.
pub(super) fn ask_for_adding(session: &mut Session<'_>, added: &str) -> Given {
    let old_words = session.look(|mac| mac.os < OsVersion::new(11, 0));
    let (first, second) = if old_words {
        ("Enter the primary user name:", "the user")
    } else {
        ("Enter the user name:", "user")
    };
    let name = session.ask(first).unwrap_or_default();
    let password = session.getpass(&format!("Enter the password for {second} '{name}':"), PIPE_LIMIT);
    let other = session.getpass(
        &format!("Enter the password for the added user '{added}':"),
        PIPE_LIMIT,
    );
    Given {
        name: Some(name),
        password: password.unwrap_or_default(),
        others: vec![(added.to_owned(), other.unwrap_or_default())],
    }
}
