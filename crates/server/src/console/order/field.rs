//! A field of a form: its label, what is typed, what it is for, and what is wrong with it.

use maud::{Markup, html};

/// A field in which a line is typed.
pub(super) struct Field<'a> {
    /// Its name; also its id.
    pub name: &'static str,
    /// Its label.
    pub label: &'static str,
    /// What is filled in. Never a password.
    pub value: &'a str,
    /// What kind of text it takes.
    pub takes: Takes,
    /// A word on what to fill in.
    pub hint: Option<Markup>,
    /// What is wrong, in a sentence.
    pub error: Option<&'a str>,
    /// The id of a list of suggestions.
    pub list: Option<&'static str>,
    /// Whether the form is incomplete without it.
    pub required: bool,
}

/// What kind of text a field takes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Takes {
    /// Words.
    Text,
    /// A record name.
    Username,
    /// A password.
    Password,
}

impl Field<'_> {
    /// The field.
    pub(super) fn render(&self) -> Markup {
        let hint_id = self.hint.as_ref().map(|_| format!("{}-hint", self.name));
        let error_id = self.error.map(|_| format!("{}-error", self.name));
        let described: Vec<String> = [&hint_id, &error_id].into_iter().flatten().cloned().collect();
        let described = (!described.is_empty()).then(|| described.join(" "));
        let is_name = self.takes == Takes::Username;
        html! {
            div.field {
                label for=(self.name) { (self.label) }
                @if let Some(hint) = &self.hint { p.hint id=[hint_id] { (hint) } }
                input id=(self.name) name=(self.name) required[self.required]
                    type=(if self.takes == Takes::Password { "password" } else { "text" })
                    value=[(self.takes != Takes::Password).then_some(self.value)]
                    autocomplete=(if self.takes == Takes::Password { "new-password" } else { "off" })
                    autocapitalize=[is_name.then_some("none")] spellcheck=[is_name.then_some("false")]
                    list=[self.list] aria-describedby=[described]
                    aria-invalid=[self.error.map(|_| "true")];
                @if let Some(error) = self.error { p.error id=[error_id] { (error) } }
            }
        }
    }
}

/// A box to tick.
pub(super) fn tick_box(name: &'static str, ticked: bool, label: &str, hint: &str) -> Markup {
    html! {
        div.tick {
            input type="checkbox" id=(name) name=(name) value="true" checked[ticked] aria-describedby={ (name) "-hint" };
            label for=(name) { (label) }
            p.hint id={ (name) "-hint" } { (hint) }
        }
    }
}
