//! Passwords in the System keychain.
//!
//! On a Mac the framework does this better and without a second process. The tool is for where there is no framework,
//! and for a person who looks.

use secrecy::{ExposeSecret as _, SecretString};
use zeroize::Zeroizing;

use super::run;
use crate::feed::{refuse_control_characters, refuse_longer_than};
use crate::text::excerpt;
use crate::{Answer, Arg, Call, Error, Exit, Feed, Runner, SecretDocument, Tool, Unfeedable};

/// The keychain that belongs to the Mac and not to a person.
const SYSTEM_KEYCHAIN: &str = "/Library/Keychains/System.keychain";
/// The longest password in bytes: with all else and every byte escaped it fits the 4096 bytes of a command.
const PASSWORD_LIMIT: usize = 1024;
/// The exit code for an item that is not there.
const NOT_FOUND: Exit = Exit::Code(44);

/// Where a password lies in the keychain.
#[derive(Clone, Copy, Debug)]
pub struct KeychainItem<'a> {
    /// The name of the service.
    pub service: &'a str,
    /// The name of the account.
    pub account: &'a str,
}

/// What the tool says to a change of the keychain.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum KeychainChange {
    /// It says nothing of a failure. Read the item back.
    SaysDone,
    /// There is no such item.
    NotFound,
    /// It was not done.
    Refused {
        /// How the tool ended.
        exit: Exit,
        /// What it said.
        text: String,
    },
}

/// Puts a password into the System keychain, over one that is there. Run as root.
///
/// On the command line of the tool a password can be read by all, and at its prompt it must be typed twice and a
/// mistake exits with 0. So the whole command goes to it by pipe: without arguments it reads commands.
///
/// # Errors
/// When the tool could not be run to its end, or the password cannot be handed over.
pub fn put(
    runner: &dyn Runner,
    item: KeychainItem<'_>,
    password: &SecretString,
) -> Result<KeychainChange, Error> {
    let command = command(item, password).map_err(Error::unfeedable(Tool::Security))?;
    let call = Call::fixed(Tool::Security, ["-i"]).feed(Feed::document(command));
    Ok(KeychainChange::from(&run(runner, call)?))
}

/// The command that puts a password into the keychain, as the tool's own reader of commands takes it.
fn command(item: KeychainItem<'_>, password: &SecretString) -> Result<SecretDocument, Unfeedable> {
    refuse_longer_than(PASSWORD_LIMIT, password)?;
    let words = [
        item.account,
        item.service,
        password.expose_secret(),
        SYSTEM_KEYCHAIN,
    ];
    words
        .iter()
        .try_for_each(|word| refuse_control_characters(word))?;
    // Every byte can need one more, so it never grows: growing would leave a copy behind.
    let room = 64 + words.iter().map(|word| 2 * word.len() + 2).sum::<usize>();
    let mut line = Zeroizing::new(Vec::with_capacity(room));
    for (before, word) in ["add-generic-password -U -a ", " -s ", " -w ", " "]
        .into_iter()
        .zip(words)
    {
        line.extend_from_slice(before.as_bytes());
        quote(word, &mut line);
    }
    line.push(b'\n');
    let mut quoted = Zeroizing::new(Vec::with_capacity(2 * password.expose_secret().len() + 2));
    quote(password.expose_secret(), &mut quoted);
    let quoted = std::str::from_utf8(&quoted).map(SecretString::from).ok();
    Ok(SecretDocument::new(
        line,
        [password.clone()].into_iter().chain(quoted).collect(),
    ))
}

fn quote(word: &str, line: &mut Vec<u8>) {
    line.push(b'"');
    for byte in word.bytes() {
        if byte == b'"' || byte == b'\\' {
            line.push(b'\\');
        }
        line.push(byte);
    }
    line.push(b'"');
}

/// Reads a password from the System keychain; `None` when there is no such item. Run as root.
///
/// # Errors
/// When the tool could not be run to its end, or refused.
pub fn find(runner: &dyn Runner, item: KeychainItem<'_>) -> Result<Option<SecretString>, Error> {
    let mut args = vec![Arg::from("find-generic-password")];
    args.extend(names(item)?);
    args.extend(["-w", SYSTEM_KEYCHAIN].map(Arg::from));
    let answer = run(runner, Call::new(Tool::Security, args))?;
    match answer.exit {
        Exit::Code(0) => {
            // It is the item's bytes with a newline behind them.
            let found = std::str::from_utf8(&answer.stdout)
                .ok()
                .map(|text| text.strip_suffix('\n').unwrap_or(text));
            found
                .map(|text| Some(SecretString::from(text)))
                .ok_or_else(|| unreadable(&answer))
        }
        NOT_FOUND => Ok(None),
        _ => Err(unreadable(&answer)),
    }
}

/// Removes a password from the System keychain. Run as root.
///
/// # Errors
/// When the tool could not be run to its end.
pub fn delete(runner: &dyn Runner, item: KeychainItem<'_>) -> Result<KeychainChange, Error> {
    let mut args = vec![Arg::from("delete-generic-password")];
    args.extend(names(item)?);
    args.push(Arg::from(SYSTEM_KEYCHAIN));
    Ok(KeychainChange::from(&run(
        runner,
        Call::new(Tool::Security, args),
    )?))
}

fn names(item: KeychainItem<'_>) -> Result<[Arg; 4], Error> {
    let value = |text: &str| Arg::value(text).map_err(Error::bad_arg(Tool::Security));
    Ok([
        Arg::from("-a"),
        value(item.account)?,
        Arg::from("-s"),
        value(item.service)?,
    ])
}

impl From<&Answer> for KeychainChange {
    fn from(answer: &Answer) -> Self {
        match answer.exit {
            Exit::Code(0) => Self::SaysDone,
            NOT_FOUND => Self::NotFound,
            exit => Self::Refused {
                exit,
                text: excerpt(&answer.everything_said()),
            },
        }
    }
}

/// Standard output is left out: it is where passwords come.
fn unreadable(answer: &Answer) -> Error {
    Error::Unreadable {
        tool: Tool::Security,
        exit: answer.exit,
        said: excerpt(&answer.stderr.text()),
    }
}

#[cfg(test)]
mod tests {
    use secrecy::SecretString;

    use super::{KeychainItem, command};
    use crate::Unfeedable;

    const ITEM: KeychainItem<'_> = KeychainItem {
        service: "Bestow \"A\"",
        account: "_bestow",
    };

    #[test]
    fn quotes_do_not_end_a_word() {
        let line = command(ITEM, &SecretString::from("a\"b\\ c'🔑")).expect("a command");
        let expected = r#"add-generic-password -U -a "_bestow" -s "Bestow \"A\"" -w "a\"b\\ c'🔑" "/Library/Keychains/System.keychain""#;
        assert_eq!(String::from_utf8_lossy(line.bytes()), format!("{expected}\n"));
    }

    #[test]
    fn a_password_cannot_become_a_second_command() {
        let refused = command(ITEM, &SecretString::from("a\ndelete-keychain")).err();
        assert_eq!(refused, Some(Unfeedable::ControlCharacter));
        let long = command(ITEM, &SecretString::from("a".repeat(1025))).err();
        assert_eq!(long, Some(Unfeedable::TooLong { limit: 1024 }));
    }
}
