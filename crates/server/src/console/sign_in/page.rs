//! The form: a name and a password.

use maud::{Markup, html};

use super::{ADDRESS, name};
use crate::console::components::{Field, Takes};

/// The form, and what is wrong with what was typed.
pub(in crate::console) struct Form<'a> {
    /// The name that was typed.
    pub name: &'a str,
    /// Where signing in leads.
    pub then: &'a str,
    /// Why nobody was signed in, in a sentence.
    pub error: Option<&'a str>,
}

impl Form<'_> {
    /// The form.
    pub(in crate::console) fn render(&self) -> Markup {
        let field = |name, label, value, takes| Field {
            name,
            label,
            value,
            takes,
            hint: None,
            error: None,
            list: None,
            required: true,
        };
        html! {
            @if let Some(error) = self.error {
                div.notice.bad role="alert" tabindex="-1" autofocus { p { (error) } }
            }
            form method="post" action=(ADDRESS) {
                input type="hidden" name=(name::THEN) value=(self.then);
                (field(name::NAME, "Name", self.name, Takes::SignInName).render())
                (field(name::PASSWORD, "Password", "", Takes::SignInPassword).render())
                p.buttons { button.primary type="submit" { "Sign in" } }
            }
        }
    }
}
