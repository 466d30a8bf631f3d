//! The page.

use maud::{Markup, html};

use super::ADDRESS;
use crate::console::choose_password::ChoosePassword;
use crate::console::components::stamp;
use crate::console::{Page, Place, Visitor};

/// The page with the form.
pub(super) fn page(visitor: &Visitor, fields: &ChoosePassword<'_>, key: &str) -> Markup {
    let page = Page {
        title: "Choose a name and a password",
        visitor: Some(visitor),
        place: Place::Elsewhere,
        contents: html! {
            div.narrow {
                h1 { "Choose a name and a password" }
                p.lead {
                    "The link that brought you here opens nothing any more. With a name and a password of your own you come "
                    "back whenever you like, as an owner, who invites the others."
                }
                form novalidate method="post" action=(ADDRESS) {
                    (stamp(visitor, key))
                    (fields.render())
                    p.buttons {
                        button.primary type="submit" { "Save and go on" }
                        a.button-like href="/" { "Later" }
                    }
                }
            }
        },
    };
    page.render()
}
