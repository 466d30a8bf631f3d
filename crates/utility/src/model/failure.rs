//! Why something came to nothing, in words, with the next step.

use trust::time::Timestamp;
use trust::words::prose;
use utility_protocol::client::NoAnswer;
use utility_protocol::message::Ended;

/// Why something came to nothing.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Failure {
    /// One line that names it.
    pub title: String,
    /// Why it came about.
    pub cause: String,
    /// What to do next.
    pub fix: String,
    /// The code to look it up by, where it has one.
    pub code: Option<&'static str>,
    /// When it makes sense to try again, where that is a question of time.
    pub retry_at: Option<Timestamp>,
}

impl Failure {
    /// What the catalogue says of an end.
    pub(super) fn of(ended: Ended) -> Self {
        let entry = ended.code.entry();
        let title = entry.heading.map_or_else(
            || entry.title.to_owned(),
            |heading| format!("{heading}: {}", entry.title),
        );
        Self {
            title,
            cause: prose(entry.cause),
            fix: prose(entry.fix),
            code: Some(ended.code.word()),
            retry_at: ended.retry_at,
        }
    }

    /// The agent answered nothing.
    pub(super) fn without_answer(why: &NoAnswer) -> Self {
        const RESTART: &str =
            "Restart the Mac and open this app again. If that does not help, tell your administrator.";
        let (title, cause, fix) = match why {
            NoAnswer::NotRunning(_) => (
                "Bestow does not run on this Mac",
                "The agent, which does what this app asks for, does not run or is not installed.",
                RESTART,
            ),
            NoAnswer::Impostor(_) => (
                "Something else listens in Bestow's place",
                "A program that is not the agent waits where the agent should. It was told nothing.",
                "Tell your administrator before you type a password.",
            ),
            NoAnswer::Lost(_) => (
                "Bestow broke off",
                "The agent ended in the middle. What it has begun it finishes or takes back when it starts again, by itself.",
                "Wait a minute and try again.",
            ),
            NoAnswer::Malformed(_) => (
                "This app and Bestow do not understand each other",
                "They come from different versions.",
                RESTART,
            ),
            NoAnswer::TooSlow(_) => (
                "Bestow gave no answer in time",
                "The agent is busy with something else, or macOS keeps it waiting.",
                "Wait a few minutes and try again.",
            ),
        };
        Self {
            title: title.to_owned(),
            cause: cause.to_owned(),
            fix: fix.to_owned(),
            code: None,
            retry_at: None,
        }
    }

    /// The agent could not tell how things stand.
    pub(super) fn untold(why: &str) -> Self {
        Self {
            title: "Bestow cannot tell how the service account stands".to_owned(),
            cause: format!("This is what it lacks: {why}."),
            fix: "Wait a minute and try again.".to_owned(),
            code: None,
            retry_at: None,
        }
    }
}
