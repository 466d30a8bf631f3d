//! Collects what is seen while an action is carried out.

use trust::code::Code;
use trust::outcome::{Evidence, Outcome};

use crate::clock::Clock;

/// What was seen so far.
pub(crate) struct Diary<'a> {
    clock: &'a dyn Clock,
    evidence: Vec<Evidence>,
    password_tried: bool,
}

impl<'a> Diary<'a> {
    pub(crate) fn new(clock: &'a dyn Clock) -> Self {
        Self {
            clock,
            evidence: Vec::new(),
            password_tried: false,
        }
    }

    /// Notes what `by` showed. Never a secret.
    pub(crate) fn saw(&mut self, by: &str, what: impl Into<String>) {
        let saw = what.into();
        tracing::debug!(by, saw, "evidence");
        self.evidence.push(Evidence {
            at: self.clock.now(),
            by: by.to_owned(),
            saw,
        });
    }

    /// Notes that a password is about to be tried.
    pub(crate) fn tries_password(&mut self) {
        self.password_tried = true;
    }

    /// Whether a password was tried.
    pub(crate) fn password_tried(&self) -> bool {
        self.password_tried
    }

    /// Notes that a tool gave no answer.
    pub(crate) fn no_answer(&mut self, by: &str, error: &mac::Error) {
        let cause = std::error::Error::source(error)
            .map(|source| format!(": {source}"))
            .unwrap_or_default();
        self.saw(by, format!("no answer: {error}{cause}"));
    }

    /// How much was seen so far.
    pub(crate) fn len(&self) -> usize {
        self.evidence.len()
    }

    /// What was seen since then.
    pub(crate) fn since(&self, then: usize) -> Vec<Evidence> {
        self.evidence.iter().skip(then).cloned().collect()
    }

    /// The end, without parts and without a hand-over.
    pub(crate) fn outcome(&mut self, code: Code, touched_the_mac: bool) -> Outcome {
        Outcome {
            code,
            touched_the_mac,
            parts: Vec::new(),
            evidence: std::mem::take(&mut self.evidence),
            edge: None,
            finished_at: self.clock.now(),
        }
    }
}
