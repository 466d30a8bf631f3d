//! What stands on the screen.

use std::fmt;

/// A screen, as far as a hand can do something with it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Screen {
    /// What stands above everything.
    pub title: String,
    /// Further text.
    pub lines: Vec<String>,
    /// What can be clicked.
    pub buttons: Vec<Button>,
    /// What can be filled in.
    pub fields: Vec<String>,
    /// What the last thing that was done has been answered.
    pub message: Option<String>,
}

/// Something to click.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Button {
    /// What stands on it.
    pub label: String,
    /// What stands beside it, where there are several alike.
    pub beside: Option<String>,
}

impl Screen {
    pub(super) fn titled(title: &str) -> Self {
        Self {
            title: title.to_owned(),
            lines: Vec::new(),
            buttons: Vec::new(),
            fields: Vec::new(),
            message: None,
        }
    }

    pub(super) fn lines<S: Into<String>>(mut self, lines: impl IntoIterator<Item = S>) -> Self {
        self.lines.extend(lines.into_iter().map(Into::into));
        self
    }

    pub(super) fn buttons<S: Into<String>>(mut self, labels: impl IntoIterator<Item = S>) -> Self {
        self.buttons.extend(labels.into_iter().map(|label| Button {
            label: label.into(),
            beside: None,
        }));
        self
    }

    pub(super) fn beside(mut self, label: &str, what: &str) -> Self {
        self.buttons.push(Button {
            label: label.to_owned(),
            beside: Some(what.to_owned()),
        });
        self
    }

    pub(super) fn fields<S: Into<String>>(mut self, fields: impl IntoIterator<Item = S>) -> Self {
        self.fields.extend(fields.into_iter().map(Into::into));
        self
    }

    pub(super) fn message(mut self, message: Option<String>) -> Self {
        self.message = message;
        self
    }

    /// The Mac cannot be looked at.
    pub(crate) fn of_trouble(error: &dyn std::error::Error) -> Self {
        Self::titled("").message(Some(error.to_string()))
    }

    /// Whether this can be clicked.
    #[must_use]
    pub fn has_button(&self, label: &str, beside: Option<&str>) -> bool {
        self.buttons
            .iter()
            .any(|button| button.label == label && button.beside.as_deref() == beside)
    }

    /// Whether the text stands anywhere on it.
    #[must_use]
    pub fn shows(&self, text: &str) -> bool {
        self.title.contains(text)
            || self.lines.iter().any(|line| line.contains(text))
            || self.buttons.iter().any(|button| button.label == text)
    }
}

impl fmt::Display for Screen {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(f, "== {} ==", self.title)?;
        for line in self.lines.iter().chain(&self.message) {
            writeln!(f, "{line}")?;
        }
        for field in &self.fields {
            writeln!(f, "[{field}: ____]")?;
        }
        for button in &self.buttons {
            match &button.beside {
                Some(beside) => writeln!(f, "{beside} ({})", button.label)?,
                None => writeln!(f, "({})", button.label)?,
            }
        }
        Ok(())
    }
}
