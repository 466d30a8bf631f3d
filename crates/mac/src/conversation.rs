//! The talk with a tool on a terminal: bytes in, actions out. It reads no clock and opens nothing.

use secrecy::ExposeSecret as _;
use zeroize::Zeroizing;

use crate::prompt::{Fit, Prompt};
use crate::{Feed, Reply};

/// How much of an unfinished line is kept. No prompt is longer.
const LINE_LIMIT: usize = 4096;

/// Listens to a tool and says what to type.
///
/// A reply is typed only when the tool asks for it, and only once. When a tool asks again for what it was given,
/// it did not like it, and typing it again would be another failed attempt on an account that counts them.
pub struct Conversation<'a> {
    turns: Vec<Turn<'a>>,
    /// The unfinished line. A careless tool echoes a secret into it.
    line: Zeroizing<Vec<u8>>,
    answered: usize,
    hung_up: bool,
}

struct Turn<'a> {
    prompt: &'a Prompt,
    reply: &'a Reply,
    done: bool,
}

/// What to do now.
pub enum Action {
    /// Type these bytes. Their newline is among them.
    Type(Zeroizing<Vec<u8>>),
    /// Stop the tool.
    HangUp,
}

impl<'a> Conversation<'a> {
    /// A talk that gives the answers of this feed; none when it has no terminal.
    pub fn new(feed: &'a Feed) -> Self {
        let answers = feed.prompt_answers().unwrap_or_default();
        let turns = answers.iter().map(|answer| Turn {
            prompt: &answer.prompt,
            reply: &answer.reply,
            done: false,
        });
        Self {
            turns: turns.collect(),
            line: Zeroizing::new(Vec::new()),
            answered: 0,
            hung_up: false,
        }
    }

    /// Takes what the tool has written, and says what to do about it.
    pub fn hear(&mut self, bytes: &[u8]) -> Option<Action> {
        if self.hung_up {
            return None;
        }
        let unfinished = match bytes.iter().rposition(|byte| *byte == b'\n' || *byte == b'\r') {
            Some(end) => {
                self.line.clear();
                &bytes[end + 1..]
            }
            None => bytes,
        };
        self.line.extend_from_slice(unfinished);
        let too_much = self.line.len().saturating_sub(LINE_LIMIT);
        self.line.drain(..too_much);
        self.answer()
    }

    /// How many prompts were answered.
    pub fn answered(&self) -> usize {
        self.answered
    }

    /// Whether the tool asked for something that is not to be given.
    pub fn hung_up(&self) -> bool {
        self.hung_up
    }

    fn answer(&mut self) -> Option<Action> {
        let line = String::from_utf8_lossy(&self.line);
        let Some(turn) = self.next_turn(&line) else {
            let asked_again = self.turns.iter().any(|turn| turn.done && turn.prompt.fits(&line));
            return asked_again.then(|| self.hang_up());
        };
        self.turns[turn].done = true;
        self.line.clear();
        match self.turns[turn].reply {
            Reply::Text(text) => Some(self.type_line(text)),
            Reply::Secret(secret) => Some(self.type_line(secret.expose_secret())),
            Reply::HangUp => Some(self.hang_up()),
        }
    }

    /// The first turn that surely fits, or else the first that possibly does. A line that surely asks again for what
    /// was given is not taken for a question that nobody expected.
    fn next_turn(&self, line: &str) -> Option<usize> {
        let fits = |turn: &Turn<'_>, fit| turn.prompt.fit(line) == Some(fit);
        let open = |fit| self.turns.iter().position(|turn| !turn.done && fits(turn, fit));
        open(Fit::Sure).or_else(|| {
            let asked_again = self.turns.iter().any(|turn| turn.done && fits(turn, Fit::Sure));
            if asked_again { None } else { open(Fit::Possible) }
        })
    }

    fn type_line(&mut self, text: &str) -> Action {
        self.answered += 1;
        let mut bytes = Zeroizing::new(Vec::with_capacity(text.len() + 1));
        bytes.extend_from_slice(text.as_bytes());
        bytes.push(b'\n');
        Action::Type(bytes)
    }

    fn hang_up(&mut self) -> Action {
        self.hung_up = true;
        Action::HangUp
    }
}

#[cfg(test)]
mod tests {
    use secrecy::SecretString;

    use super::{Action, Conversation};
    use crate::{Feed, Prompt, PromptAnswer};

    fn secret(prompt: Prompt, text: &str) -> PromptAnswer {
        PromptAnswer::secret(prompt, SecretString::from(text)).expect("a secret that can be typed")
    }

    /// What is typed after each piece of what the tool writes.
    fn talk(feed: &Feed, heard: &[&str]) -> Vec<String> {
        let mut conversation = Conversation::new(feed);
        let typed = heard
            .iter()
            .filter_map(|bytes| conversation.hear(bytes.as_bytes()));
        typed
            .map(|action| match action {
                Action::Type(bytes) => String::from_utf8_lossy(&bytes).into_owned(),
                Action::HangUp => "<hang up>".to_owned(),
            })
            .collect()
    }

    #[test]
    fn nothing_is_typed_before_the_prompt_is_whole() {
        let feed = Feed::terminal([secret(Prompt::is("Password:"), "orchid")]);
        assert_eq!(talk(&feed, &["Pass", "word", ":", " "]), ["orchid\n"]);
        assert_eq!(talk(&feed, &["Password: is what I will ask for\n"]), [""; 0]);
    }

    #[test]
    fn two_prompts_in_the_other_order_get_the_right_answers() {
        let feed = Feed::terminal([
            secret(Prompt::password_of("ann").or_any_password(), "of ann"),
            secret(Prompt::password_of("bob").or_any_password(), "of bob"),
        ]);
        assert_eq!(
            talk(&feed, &["Enter password for bob :", "\nEnter password for ann :"]),
            ["of bob\n", "of ann\n"]
        );
        assert_eq!(
            talk(&feed, &["Password:", "\nUser password:"]),
            ["of ann\n", "of bob\n"]
        );
    }

    #[test]
    fn a_tool_that_asks_again_is_stopped() {
        let feed = Feed::terminal([secret(Prompt::is("Password:"), "wrong")]);
        assert_eq!(
            talk(&feed, &["Password:", "\nTry again\nPassword:", "Password:"]),
            ["wrong\n", "<hang up>"]
        );
    }

    #[test]
    fn the_secret_of_another_is_not_given_to_who_asks_again() {
        let feed = Feed::terminal([
            secret(Prompt::password_of("ann").or_any_password(), "of ann"),
            secret(Prompt::password_of("bob").or_any_password(), "of bob"),
        ]);
        let heard = ["Enter password for ann:", "\nEnter password for ann:"];
        assert_eq!(talk(&feed, &heard), ["of ann\n", "<hang up>"]);
    }

    #[test]
    fn a_prompt_that_is_not_to_be_answered_stops_the_tool() {
        let feed = Feed::terminal([
            secret(Prompt::is("New Password:"), "new"),
            PromptAnswer::hang_up(Prompt::is("Permission denied. Please enter user's old password:")),
        ]);
        let heard = [
            "New Password: ",
            "\nPermission denied. Please enter user's old password:",
        ];
        assert_eq!(talk(&feed, &heard), ["new\n", "<hang up>"]);
    }

    #[test]
    fn an_endless_line_does_not_fill_the_memory() {
        let feed = Feed::terminal([secret(Prompt::is("Password:"), "orchid")]);
        let mut conversation = Conversation::new(&feed);
        for _ in 0..1000 {
            assert!(conversation.hear(&[b'x'; 1000]).is_none());
        }
        assert!(conversation.line.len() <= super::LINE_LIMIT);
        assert!(conversation.hear(b"\nPassword:").is_some());
    }
}
