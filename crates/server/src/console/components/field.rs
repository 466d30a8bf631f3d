//! A field of a form: its label, what is typed, what it is for, and what is wrong with it.

use maud::{Markup, html};

use super::prose::prose;

/// A field in which a line is typed.
pub(crate) struct Field<'a> {
    /// Its name; also its id.
    pub name: &'a str,
    /// Its label.
    pub label: &'a str,
    /// What is filled in. Never a password.
    pub value: &'a str,
    /// What kind of text it takes.
    pub takes: Takes,
    /// A word on what to fill in.
    pub hint: Option<Markup>,
    /// What is wrong, in a sentence.
    pub error: Option<&'a str>,
    /// The id of a list of suggestions.
    pub list: Option<&'a str>,
    /// Whether the form is incomplete without it.
    pub required: bool,
}

/// What kind of text a field takes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Takes {
    /// Words.
    Text,
    /// A record name.
    Username,
    /// One wildcard and nothing else. The browser sends no other text, which may be a password, typed here by mistake.
    Wildcard,
    /// A password that the browser is not to fill in.
    Password,
    /// The name by which the reader signs in.
    SignInName,
    /// The password with which the reader signs in.
    SignInPassword,
    /// A code of the reader's second factor.
    OneTimeCode,
    /// A whole number.
    Number,
    /// A point in time. It is sent in UTC; a script lets it be typed in the reader's own zone.
    Moment,
}

/// One wildcard and nothing else, as browsers read patterns.
const WILDCARD: &str = "%[A-Za-z][A-Za-z0-9_]{0,39}%";

impl Takes {
    /// The type of the input.
    fn kind(self) -> &'static str {
        match self {
            Self::Text
            | Self::Username
            | Self::SignInName
            | Self::Wildcard
            | Self::OneTimeCode
            | Self::Number => "text",
            Self::Password | Self::SignInPassword => "password",
            Self::Moment => "datetime-local",
        }
    }

    /// What the browser may fill in.
    fn autocomplete(self) -> &'static str {
        match self {
            Self::Password => "new-password",
            Self::SignInName => "username",
            Self::SignInPassword => "current-password",
            Self::OneTimeCode => "one-time-code",
            Self::Text | Self::Username | Self::Wildcard | Self::Number | Self::Moment => "off",
        }
    }
}

impl Field<'_> {
    /// The field.
    pub(crate) fn render(&self) -> Markup {
        let hint_id = self.hint.as_ref().map(|_| format!("{}-hint", self.name));
        let error_id = self.error.map(|_| format!("{}-error", self.name));
        let described: Vec<String> = [&hint_id, &error_id].into_iter().flatten().cloned().collect();
        let described = (!described.is_empty()).then(|| described.join(" "));
        let is_name = matches!(
            self.takes,
            Takes::Username | Takes::SignInName | Takes::Wildcard | Takes::OneTimeCode
        );
        let is_password = self.takes.kind() == "password";
        let is_wildcard = self.takes == Takes::Wildcard;
        html! {
            div.field {
                label for=(self.name) { (self.label) }
                @if let Some(hint) = &self.hint { p.hint id=[hint_id] { (hint) } }
                input id=(self.name) name=(self.name) required[self.required]
                    type=(self.takes.kind())
                    value=[(!is_password).then_some(self.value)]
                    autocomplete=(self.takes.autocomplete())
                    autocapitalize=[is_name.then_some("none")] spellcheck=[is_name.then_some("false")]
                    pattern=[is_wildcard.then_some(WILDCARD)]
                    title=[is_wildcard.then_some("One wildcard and nothing else, such as %password%; never a password itself")]
                    inputmode=[(self.takes == Takes::Number).then_some("numeric")]
                    list=[self.list] aria-describedby=[described]
                    aria-invalid=[self.error.map(|_| "true")];
                @if let Some(error) = self.error { p.error id=[error_id] { (prose(error)) } }
            }
        }
    }
}

/// A field in which one of several values is chosen.
pub(crate) struct Choice<'a> {
    /// Its name; also its id.
    pub name: &'static str,
    /// Its label.
    pub label: &'static str,
    /// What can be chosen: each value as it is sent, with its words.
    pub options: Vec<(&'a str, &'a str)>,
    /// The value that is chosen.
    pub chosen: &'a str,
}

impl Choice<'_> {
    /// The field.
    pub(crate) fn render(&self) -> Markup {
        html! {
            div.field {
                label for=(self.name) { (self.label) }
                select id=(self.name) name=(self.name) {
                    @for (value, words) in &self.options {
                        option value=(value) selected[*value == self.chosen] { (words) }
                    }
                }
            }
        }
    }
}

/// A box to tick.
pub(crate) struct TickBox<'a> {
    /// Its name; also its id.
    pub name: &'a str,
    /// What is said by ticking it.
    pub label: &'a str,
    /// A word on what follows from it.
    pub hint: &'a str,
    /// Whether it is ticked.
    pub ticked: bool,
    /// What is wrong, in a sentence.
    pub error: Option<&'a str>,
}

impl TickBox<'_> {
    /// The box.
    pub(crate) fn render(&self) -> Markup {
        let (hint, error) = (format!("{}-hint", self.name), format!("{}-error", self.name));
        let described = self
            .error
            .map_or_else(|| hint.clone(), |_| format!("{hint} {error}"));
        html! {
            div.tick {
                input type="checkbox" id=(self.name) name=(self.name) value="true" checked[self.ticked]
                    aria-describedby=(described) aria-invalid=[self.error.map(|_| "true")];
                label for=(self.name) { (self.label) }
                p.hint id=(hint) { (prose(self.hint)) }
                @if let Some(text) = self.error { p.error id=(error) { (prose(text)) } }
            }
        }
    }
}
