//! What there is to show, and what may be done: without a window, without an agent, without a clock.

mod choice;
mod failure;
mod password;

use std::time::Duration;

use secrecy::SecretString;
use trust::code::Code;
use trust::name::AccountName;
use trust::time::Timestamp;
use utility_protocol::client::NoAnswer;
use utility_protocol::message::{Ended, Need, Status};

pub use choice::Choice;
pub use failure::Failure;
pub use password::Password;

/// An app that is not needed says so for this long before it closes by itself.
const SAYS_SO_FOR: Duration = Duration::from_secs(20);

/// The app's state.
#[derive(Debug, Default)]
pub enum Model {
    /// The agent is asked how things stand.
    #[default]
    Asking,
    /// The service account needs nobody. The app closes by itself.
    NotNeeded {
        /// What is said, in one line.
        title: String,
        /// When it closes.
        until: Timestamp,
    },
    /// Somebody chooses an account and types its password.
    Choosing(Form),
    /// The agent works.
    Working {
        /// What was chosen, for another try.
        form: Form,
        /// The agent has said that it has begun.
        begun: bool,
    },
    /// The service account is there and can do its work.
    Done(Code),
    /// There is nothing to choose; the agent can be asked again.
    Failed(Failure),
}

/// What somebody fills in.
#[derive(Debug)]
pub struct Form {
    /// The accounts, the most fitting first. Never empty.
    accounts: Vec<Choice>,
    chosen: usize,
    /// What was typed so far.
    pub password: Password,
    /// Why the last try came to nothing.
    failure: Option<Failure>,
}

/// What the agent is to be asked to do.
#[derive(Debug)]
pub struct Order {
    /// The account that is to help.
    pub account: AccountName,
    /// What was typed for its password.
    pub password: SecretString,
}

impl Form {
    fn new(accounts: Vec<Choice>) -> Self {
        Self {
            accounts,
            chosen: 0,
            password: Password::default(),
            failure: None,
        }
    }

    /// The same choice, to be tried anew.
    fn after(&mut self, failure: Option<Failure>) -> Self {
        Self {
            accounts: std::mem::take(&mut self.accounts),
            chosen: self.chosen,
            password: Password::default(),
            failure,
        }
    }

    /// The accounts, the most fitting first.
    pub fn accounts(&self) -> &[Choice] {
        &self.accounts
    }

    /// The account that is chosen.
    pub fn chosen(&self) -> Option<&Choice> {
        self.accounts.get(self.chosen)
    }

    /// Chooses the account at this place among [`accounts`](Self::accounts). What was typed and told about another one is let go.
    pub fn choose(&mut self, place: usize) {
        if place != self.chosen && place < self.accounts.len() {
            self.chosen = place;
            self.password.clear();
            self.failure = None;
        }
    }

    /// Why the last try came to nothing.
    pub fn failure(&self) -> Option<&Failure> {
        self.failure.as_ref()
    }

    /// When the chosen account may be tried again, while that is later than `now`.
    pub fn barred_until(&self, now: Timestamp) -> Option<Timestamp> {
        self.failure
            .as_ref()
            .and_then(|failure| failure.retry_at)
            .filter(|at| now < *at)
    }

    /// Whether there is enough to ask the agent.
    pub fn is_complete(&self, now: Timestamp) -> bool {
        self.chosen().is_some() && !self.password.is_empty() && self.barred_until(now).is_none()
    }
}

impl Model {
    /// The agent said how things stand, or did not.
    pub fn told(&mut self, status: Result<Result<Status, Ended>, NoAnswer>, now: Timestamp) {
        if !matches!(self, Self::Asking) {
            return;
        }
        *self = match status {
            Ok(Ok(status)) => Self::standing(status, now),
            Ok(Err(ended)) => Self::Failed(Failure::of(ended)),
            Err(no_answer) => Self::Failed(Failure::without_answer(&no_answer)),
        };
    }

    fn standing(status: Status, now: Timestamp) -> Self {
        let not_needed = |title: String| Self::NotNeeded {
            title,
            until: now.plus(SAYS_SO_FOR),
        };
        match status.need {
            Need::Needed { obstacle: Some(code) } => Self::Failed(Failure::of(Ended::with(code))),
            Need::Needed { obstacle: None } if status.accounts.is_empty() => {
                Self::Failed(Failure::of(Ended::with(Code::StateUnreadable)))
            }
            Need::Needed { obstacle: None } => {
                Self::Choosing(Form::new(Choice::most_fitting_first(status.accounts)))
            }
            Need::Valid => not_needed("The service account of this Mac is in order.".to_owned()),
            Need::NotWanted { why } => not_needed(format!("This Mac needs no service account: {why}.")),
            Need::Unknown { why } => Self::Failed(Failure::untold(&why)),
        }
    }

    /// Somebody wants the agent to be asked again.
    pub fn ask_again(&mut self) {
        if matches!(self, Self::Failed(_)) {
            *self = Self::Asking;
        }
    }

    /// Somebody wants the account to be made: what the agent is asked for, where the form is complete. The password is in the
    /// order and nowhere else from then on.
    pub fn submit(&mut self, now: Timestamp) -> Option<Order> {
        let Self::Choosing(form) = self else {
            return None;
        };
        if !form.is_complete(now) {
            return None;
        }
        let order = Order {
            account: form.chosen()?.record_name.clone(),
            password: form.password.take(),
        };
        let form = form.after(None);
        *self = Self::Working { form, begun: false };
        Some(order)
    }

    /// The agent has begun.
    pub fn begun(&mut self) {
        if let Self::Working { begun, .. } = self {
            *begun = true;
        }
    }

    /// The agent said how it ended, or did not. What did not come about can be tried again.
    pub fn ended(&mut self, ended: Result<Ended, NoAnswer>) {
        let Self::Working { form, .. } = self else {
            return;
        };
        let failure = match ended {
            Ok(Ended { code, .. }) if code.is_success() => {
                *self = Self::Done(code);
                return;
            }
            Ok(ended) => Failure::of(ended),
            Err(no_answer) => Failure::without_answer(&no_answer),
        };
        *self = Self::Choosing(form.after(Some(failure)));
    }

    /// Whether the app closes by itself now.
    pub fn is_over(&self, now: Timestamp) -> bool {
        matches!(self, Self::NotNeeded { until, .. } if *until <= now)
    }

    /// Whether something changes only because time passes.
    pub fn waits_for_time(&self, now: Timestamp) -> bool {
        match self {
            Self::NotNeeded { .. } => true,
            Self::Choosing(form) => form.barred_until(now).is_some(),
            Self::Asking | Self::Working { .. } | Self::Done(_) | Self::Failed(_) => false,
        }
    }
}

#[cfg(test)]
mod tests;
