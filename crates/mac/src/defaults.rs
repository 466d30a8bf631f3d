//! `defaults`: one setting of a preferences domain.

use crate::text::excerpt;
use crate::{Answer, Arg, Call, Error, Runner, Tool};

/// What a setting holds.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Setting {
    /// This value, as the tool prints it for people.
    Value(String),
    /// Nothing: the domain or the key is not there.
    Missing,
}

/// Reads a setting. The domain is a name or the path of a file without its extension.
///
/// # Errors
/// When the tool could not be run to its end, or its answer cannot be read.
pub fn read(runner: &dyn Runner, domain: &str, key: &str) -> Result<Setting, Error> {
    let value = |text: &str| Arg::value(text).map_err(Error::bad_arg(Tool::Defaults));
    let call = Call::new(Tool::Defaults, [Arg::from("read"), value(domain)?, value(key)?]);
    let answer = runner.run(&call).map_err(Error::run(Tool::Defaults))?;
    Setting::from_answer(&answer).ok_or_else(|| Error::Unreadable {
        tool: Tool::Defaults,
        exit: answer.exit,
        said: excerpt(&answer.stderr.text()),
    })
}

impl Setting {
    /// Reads the answer; `None` when it is neither a value nor the words for a missing one.
    pub fn from_answer(answer: &Answer) -> Option<Self> {
        if answer.exit.is_zero() {
            let said = answer.stdout.text();
            return Some(Self::Value(said.strip_suffix('\n').unwrap_or(&said).to_owned()));
        }
        // The words stand on the line below the log prefix.
        let messages = crate::text::nslog::messages(&answer.stderr.text());
        let missing = messages
            .iter()
            .any(|message| message.trim_end().ends_with("does not exist"));
        missing.then_some(Self::Missing)
    }
}
