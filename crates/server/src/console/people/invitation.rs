//! The invitation that was just made, shown this once.

use maud::{Markup, html};

use super::ADDRESS;
use crate::console::components::{crumbs, moment};
use crate::console::{Page, Place, Visitor};
use crate::people::view::InvitationView;

/// The page with the link.
pub(super) fn page(visitor: &Visitor, name: &str, made: &InvitationView) -> Markup {
    let page = Page {
        title: "Invitation",
        visitor: Some(visitor),
        place: Place::People,
        contents: html! {
            div.narrow {
                (crumbs(&[
                    ("People", Some(ADDRESS.to_owned())),
                    (name, Some(format!("{ADDRESS}/{}", made.person_id))),
                ]))
                h1 { "Invitation" }
                p.lead {
                    "Hand this link to " strong.mono { (name) } " alone. A password is chosen with it, once, until "
                    (moment(made.expires_at)) ". It is not shown again."
                }
                p { code.secret data-path=(made.path) { (made.path) } }
                p.hint { "The link begins with the address by which people reach this console." }
                p.buttons { a.button-like.primary href=(ADDRESS) { "Done" } }
            }
        },
    };
    page.render()
}
