//! The page: a form, thanks for it, or that the link cannot be used.

use maud::{Markup, html};
use trust::enrolment::SerialNumber;

use super::name;
use crate::console::components::{Errors, Field, Takes, error_summary};
use crate::console::{Page, Place};

/// What is known already, and need not be filled in. It is not shown: a link can fall into wrong hands.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Known {
    pub full_name: bool,
    pub username: bool,
    pub email: bool,
}

/// What was filled in, passwords left out.
#[derive(Debug, Clone, Default)]
pub(super) struct Draft {
    pub full_name: String,
    pub username: String,
    pub email: String,
}

/// The form.
pub(super) struct Form<'a> {
    pub link: &'a str,
    /// Who asks.
    pub organization: &'a str,
    pub serial_number: &'a SerialNumber,
    pub known: Known,
    pub draft: Draft,
    pub errors: Errors,
}

impl Form<'_> {
    /// The page with the form.
    pub(super) fn render(&self) -> Markup {
        let field = |name, label, value, takes, known: bool| Field {
            name,
            label,
            value,
            takes,
            hint: known.then(|| html! { "It is known already. Fill it in only if it has changed." }),
            error: self.errors.get(name).map(String::as_str),
            list: None,
            required: !known,
        };
        let (draft, known) = (&self.draft, self.known);
        let contents = html! {
            h1 { "Who uses this Mac?" }
            p.lead {
                strong { (self.organization) } " asks the person of the Mac with the serial number "
                strong.mono { (self.serial_number) } "."
            }
            p.hint { "If you do not know why, ask there before you fill anything in." }
            (error_summary("Nothing was saved.", &self.errors, &name::ALL))
            form.person novalidate method="post" action={ "/enrolment/" (self.link) } {
                (field(name::FULL_NAME, "Your name", &draft.full_name, Takes::Text, known.full_name).render())
                (field(name::USERNAME, "Your user name", &draft.username, Takes::Username, known.username).render())
                (field(name::EMAIL, "Your e-mail address", &draft.email, Takes::Text, known.email).render())
                (Field {
                    hint: Some(html! {
                        "The one with which you log in to this Mac. It is encrypted at once, for this Mac. Until the Mac is known here, the server keeps the key for it."
                    }),
                    ..field(name::PASSWORD, "Your password", "", Takes::Password, false)
                }.render())
                (field(name::PASSWORD_AGAIN, "Your password, again", "", Takes::Password, false).render())
                p.buttons { button.primary type="submit" { "Save" } }
            }
        };
        page("Who uses this Mac?", &contents)
    }
}

/// After it was saved.
pub(super) fn thanks() -> Markup {
    page(
        "Thank you",
        &html! {
            h1 { "Thank you" }
            p.lead { "That is all. You can close this page." }
            p { "The link that brought you here opens nothing any more." }
        },
    )
}

/// The link was used, or is too old.
pub(super) fn unusable() -> Markup {
    page(
        "This link cannot be used",
        &html! {
            h1 { "This link cannot be used" }
            p.lead { "It was used already, or its time has run out." }
            p { "Ask whoever sent it to you for a new one." }
        },
    )
}

fn page(title: &str, contents: &Markup) -> Markup {
    let page = Page {
        title,
        visitor: None,
        place: Place::Elsewhere,
        contents: html! { div.narrow { (contents) } },
    };
    page.render()
}
