//! The authorization database: which mechanisms decide about a right, such as to log in.
//!
//! A right is read as a whole and written as a whole. What this crate does not understand of it goes back as it came.

use plist::{Dictionary, Value};
use zeroize::Zeroizing;

use super::run;
use crate::text::{between, excerpt};
use crate::xml_plist::{read_dictionary, text};
use crate::{Answer, Arg, Call, Error, Exit, Feed, Runner, SecretDocument, Tool};

/// The right to log in at the login window.
pub const LOGIN: &str = "system.login.console";

/// `errAuthorizationDenied`: for reading, that there is no such right.
const DENIED: i32 = -60005;

/// A right that mechanisms decide about, one after the other.
#[derive(Clone, Debug, PartialEq)]
pub struct Right {
    definition: Dictionary,
    mechanisms: Vec<String>,
}

/// What the tool says to a change.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum RightChange {
    /// It says nothing of a failure. Read the right back.
    SaysDone,
    /// It was not done.
    Refused {
        /// The `OSStatus` that it names.
        status: Option<i32>,
        /// How the tool ended.
        exit: Exit,
        /// What it said.
        text: String,
    },
}

impl Right {
    /// Reads a definition as the tool prints it; `None` when it is none that mechanisms decide about.
    pub fn parse(said: &str) -> Option<Self> {
        let definition = read_dictionary(said)?;
        (text(&definition, "class")? == "evaluate-mechanisms").then_some(())?;
        let mechanisms = definition.get("mechanisms")?.as_array()?;
        let mechanisms = mechanisms
            .iter()
            .map(|mechanism| mechanism.as_string().map(str::to_owned));
        Some(Self {
            mechanisms: mechanisms.collect::<Option<_>>()?,
            definition,
        })
    }

    /// The mechanisms, in order, such as `builtin:authenticate,privileged`.
    pub fn mechanisms(&self) -> &[String] {
        &self.mechanisms
    }

    /// The same right with other mechanisms.
    #[must_use]
    pub fn with_mechanisms(mut self, mechanisms: Vec<String>) -> Self {
        let values = mechanisms.iter().cloned().map(Value::String).collect();
        self.definition
            .insert("mechanisms".to_owned(), Value::Array(values));
        self.mechanisms = mechanisms;
        self
    }

    fn document(&self) -> SecretDocument {
        let mut bytes = Vec::new();
        // Writing into memory does not fail, and without a document the tool changes nothing.
        if Value::Dictionary(self.definition.clone())
            .to_writer_xml(&mut bytes)
            .is_err()
        {
            bytes.clear();
        }
        SecretDocument::new(Zeroizing::new(bytes), Vec::new())
    }
}

/// Reads a right; `None` when the database has none of that name.
///
/// # Errors
/// When the tool could not be run to its end, or the right is none that mechanisms decide about.
pub fn read(runner: &dyn Runner, name: &'static str) -> Result<Option<Right>, Error> {
    let answer = run(runner, Call::new(Tool::Security, verb("read", name)))?;
    if answer.exit != Exit::Code(0) && status(&answer) == Some(DENIED) {
        return Ok(None);
    }
    let right = Right::parse(&answer.stdout.text()).filter(|_| answer.exit == Exit::Code(0));
    right.map(Some).ok_or_else(|| Error::Unreadable {
        tool: Tool::Security,
        exit: answer.exit,
        said: excerpt(&answer.everything_said()),
    })
}

/// Writes a right. Run as root.
///
/// # Errors
/// When the tool could not be run to its end.
pub fn write(runner: &dyn Runner, name: &'static str, right: &Right) -> Result<RightChange, Error> {
    let call = Call::new(Tool::Security, verb("write", name)).feed(Feed::document(right.document()));
    Ok(RightChange::from(&run(runner, call)?))
}

fn verb(verb: &'static str, name: &'static str) -> [Arg; 3] {
    ["authorizationdb", verb, name].map(Arg::from)
}

/// The status in `NO (-60005)`.
fn status(answer: &Answer) -> Option<i32> {
    between(&answer.everything_said(), "NO (", ")")?.parse().ok()
}

impl From<&Answer> for RightChange {
    fn from(answer: &Answer) -> Self {
        match answer.exit {
            Exit::Code(0) if status(answer).is_none() => Self::SaysDone,
            exit => Self::Refused {
                status: status(answer),
                exit,
                text: excerpt(&answer.everything_said()),
            },
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn right(class: &str, mechanisms: &str) -> Option<Right> {
        Right::parse(&format!(
            "<plist><dict><key>class</key><string>{class}</string><key>comment</key><string>kept</string>\
             <key>mechanisms</key><array>{mechanisms}</array></dict></plist>"
        ))
    }

    #[test]
    fn what_is_not_understood_goes_back_as_it_came() {
        let right = right("evaluate-mechanisms", "<string>a:b</string>").expect("a right");
        let changed = right.with_mechanisms(vec!["a:b".to_owned(), "c:d,privileged".to_owned()]);
        let document = changed.document();
        let written = String::from_utf8_lossy(document.bytes()).into_owned();
        assert!(written.contains("<string>kept</string>"), "{written}");
        assert_eq!(Right::parse(&written), Some(changed));
    }

    #[test]
    fn another_kind_of_rule_is_not_understood() {
        assert_eq!(right("user", "<string>a:b</string>"), None);
        assert_eq!(right("evaluate-mechanisms", "<integer>1</integer>"), None);
    }

    #[test]
    fn a_refusal_names_its_status() {
        let refused = RightChange::from(&Answer::new(Exit::Code(255), "", "NO (-60007)\n"));
        assert!(
            matches!(
                refused,
                RightChange::Refused {
                    status: Some(-60007),
                    ..
                }
            ),
            "{refused:?}"
        );
        let done = RightChange::from(&Answer::new(Exit::Code(0), "", "YES (0)\n"));
        assert_eq!(done, RightChange::SaysDone);
    }

    #[test]
    fn a_refusal_that_exits_well_is_one_all_the_same() {
        let answer = Answer::new(Exit::Code(0), "", "NO (-60005)\n");
        assert!(matches!(RightChange::from(&answer), RightChange::Refused { .. }));
    }
}
