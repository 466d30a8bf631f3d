//! The page, and the one for a link that cannot be used.

use axum::http::StatusCode;
use axum::response::{IntoResponse as _, Response};
use maud::{Markup, html};
use store::person::Person;
use trust::code::Code;

use crate::console::choose_password::ChoosePassword;
use crate::console::components::code_text;
use crate::console::{Page, Place};

/// The page with the form.
pub(super) fn page(link: &str, person: &Person, organization: &str, fields: &ChoosePassword<'_>) -> Markup {
    frame(
        "Choose your password",
        html! {
            h1 { "Choose your password" }
            p.lead {
                strong { (organization) } " invites you to Bestow. You sign in as " strong.mono { (person.name) }
                ", and you are: " (person.role.label().to_lowercase()) "."
            }
            form novalidate method="post" action={ "/invitation/" (link) } {
                // Password managers keep a password under the name that stands with it.
                input type="hidden" name="username" autocomplete="username" value=(person.name);
                (fields.render())
                p.buttons { button.primary type="submit" { "Save and sign in" } }
            }
        },
    )
}

/// The link was used, or is too old.
pub(super) fn unusable() -> Response {
    let code = Code::InvitationInvalid;
    let contents = html! {
        h1 { (code.entry().title) }
        (code_text(code))
    };
    (StatusCode::NOT_FOUND, frame(code.entry().title, contents)).into_response()
}

fn frame(title: &str, contents: Markup) -> Markup {
    let page = Page {
        title,
        visitor: None,
        place: Place::Elsewhere,
        contents: html! { div.narrow { (contents) } },
    };
    page.render()
}
