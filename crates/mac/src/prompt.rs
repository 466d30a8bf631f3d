//! The prompts of a tool, and what to answer each.

use std::fmt;

use secrecy::SecretString;

use crate::Unfeedable;
use crate::feed::{PROMPT_LIMIT, refuse_control_characters, refuse_longer_than};

/// Recognises a prompt: the unfinished last line that a tool has written.
///
/// Some prompts are known to the letter. Of others only the shape is known, so a prompt can also be "asks for
/// the password of this account", or "asks for a password" as the last resort.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Prompt {
    exact: Vec<String>,
    naming: Option<String>,
    any_password: bool,
}

/// How surely a line is the prompt that was expected.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Fit {
    /// It asks for a password, and nothing says whose.
    Possible,
    /// Its words are the ones expected, or it names the account.
    Sure,
}

/// A prompt with the answer to give it, once.
pub struct PromptAnswer {
    /// The prompt.
    pub prompt: Prompt,
    /// What to answer.
    pub reply: Reply,
}

/// An answer to a prompt.
pub enum Reply {
    /// Type this text, which is no secret, and a newline.
    Text(String),
    /// Type this secret and a newline.
    Secret(SecretString),
    /// Say nothing and stop the tool: what it asks for is not to be given.
    HangUp,
}

impl Prompt {
    /// A prompt whose words are known.
    pub fn is(words: impl Into<String>) -> Self {
        Self {
            exact: vec![words.into()],
            ..Self::default()
        }
    }

    /// The same prompt, which other builds of the tool word like this.
    #[must_use]
    pub fn or_is(mut self, words: impl Into<String>) -> Self {
        self.exact.push(words.into());
        self
    }

    /// A prompt for the password of this account, in whatever words.
    pub fn password_of(account: impl Into<String>) -> Self {
        Self {
            naming: Some(account.into()),
            ..Self::default()
        }
    }

    /// The same prompt, or a prompt for a password that does not say whose.
    #[must_use]
    pub fn or_any_password(mut self) -> Self {
        self.any_password = true;
        self
    }

    /// Whether the tool is asking this. `line` is what it has written since its last newline.
    pub fn fits(&self, line: &str) -> bool {
        self.fit(line).is_some()
    }

    pub(crate) fn fit(&self, line: &str) -> Option<Fit> {
        let line = squeeze(line);
        if self.exact.iter().any(|words| squeeze(words) == line) {
            return Some(Fit::Sure);
        }
        let asks_for_a_password = line.ends_with(':') && line.to_ascii_lowercase().contains("password");
        if !asks_for_a_password {
            return None;
        }
        if self
            .naming
            .as_deref()
            .is_some_and(|account| names(&line, account))
        {
            return Some(Fit::Sure);
        }
        self.any_password.then_some(Fit::Possible)
    }
}

/// One space instead of several, none at the ends and none before the colon.
fn squeeze(line: &str) -> String {
    line.split_whitespace()
        .collect::<Vec<_>>()
        .join(" ")
        .replace(" :", ":")
}

/// Whether a prompt asks for the password of an account by its name: `… for NAME:`, `… for user 'NAME':`. What stands
/// before (`User password`, `Enter the password`) names nobody.
fn names(line: &str, account: &str) -> bool {
    let Some((_, named)) = line.trim_end_matches(':').split_once(" for ") else {
        return false;
    };
    let quotes = ['\'', '"', '‘', '’', '“', '”'];
    let quoted = named
        .ends_with(quotes)
        .then(|| named.split_once(quotes))
        .flatten()
        .map(|(_, quoted)| quoted);
    let bare = named.strip_prefix("the ").unwrap_or(named);
    let bare = bare.strip_prefix("user ").unwrap_or(bare);
    quoted
        .map_or(bare, |quoted| quoted.trim_end_matches(quotes))
        .trim()
        == squeeze(account)
}

impl PromptAnswer {
    /// Answers a prompt with a secret.
    ///
    /// # Errors
    /// When the tool would not read the secret as it is.
    pub fn secret(prompt: Prompt, secret: SecretString) -> Result<Self, Unfeedable> {
        use secrecy::ExposeSecret as _;
        refuse_longer_than(PROMPT_LIMIT, &secret)?;
        refuse_control_characters(secret.expose_secret())?;
        Ok(Self {
            prompt,
            reply: Reply::Secret(secret),
        })
    }

    /// Answers a prompt with a text that is no secret, such as a name.
    ///
    /// # Errors
    /// When the tool would not read the text as it is.
    pub fn text(prompt: Prompt, text: &str) -> Result<Self, Unfeedable> {
        refuse_control_characters(text)?;
        Ok(Self {
            prompt,
            reply: Reply::Text(text.to_owned()),
        })
    }

    /// Stops the tool when it asks this.
    pub fn hang_up(prompt: Prompt) -> Self {
        Self {
            prompt,
            reply: Reply::HangUp,
        }
    }
}

impl fmt::Debug for PromptAnswer {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        let reply = match &self.reply {
            Reply::Text(_) => "text",
            Reply::Secret(_) => "secret",
            Reply::HangUp => "hang up",
        };
        write!(out, "{:?} => {reply}", self.prompt)
    }
}

#[cfg(test)]
mod tests {
    use secrecy::SecretString;

    use super::{Fit, Prompt, PromptAnswer};
    use crate::Unfeedable;

    #[test]
    fn known_words_fit_whatever_the_blanks() {
        let prompt = Prompt::is("Password:").or_is("Enter the password for user 'bob':");
        assert_eq!(prompt.fit("Password: "), Some(Fit::Sure));
        assert_eq!(prompt.fit("Enter the password for user 'bob' :"), Some(Fit::Sure));
        assert_eq!(prompt.fit("Enter the password for user 'ann':"), None);
        assert_eq!(prompt.fit("Password: was wrong"), None);
    }

    #[test]
    fn a_prompt_that_names_an_account_is_sure_and_one_that_names_nobody_is_possible() {
        let prompt = Prompt::password_of("bob").or_any_password();
        assert_eq!(prompt.fit("Enter password for bob :"), Some(Fit::Sure));
        assert_eq!(
            prompt.fit("Enter the password for the user 'bob':"),
            Some(Fit::Sure)
        );
        assert_eq!(prompt.fit("User password:"), Some(Fit::Possible));
        assert_eq!(prompt.fit("Creating user record…"), None);
    }

    #[test]
    fn an_account_called_like_a_word_of_the_prompt_is_not_named_by_it() {
        for account in ["User", "password", "for", "Enter", "user"] {
            assert_eq!(
                Prompt::password_of(account).fit("Enter password for bob:"),
                None,
                "{account}"
            );
            assert_eq!(
                Prompt::password_of(account).fit("User password:"),
                None,
                "{account}"
            );
        }
    }

    #[test]
    fn a_secret_that_the_terminal_would_change_is_refused() {
        let of = |text: &str| PromptAnswer::secret(Prompt::is("Password:"), SecretString::from(text)).err();
        assert_eq!(of(&"a".repeat(128)), None);
        assert_eq!(of(&"a".repeat(129)), Some(Unfeedable::TooLong { limit: 128 }));
        assert_eq!(of("a\u{4}b"), Some(Unfeedable::ControlCharacter));
        assert_eq!(of(&"é".repeat(65)), Some(Unfeedable::TooLong { limit: 128 }));
    }
}
