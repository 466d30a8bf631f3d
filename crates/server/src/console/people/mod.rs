//! Who may sign in: the list, one person, and what an owner does with either.

mod invitation;
mod list;
mod person;
mod verbs;

pub(crate) use list::{add_person, show_people};
pub(crate) use person::show_person;
pub(crate) use verbs::{invite_person, remove_person, reset_person_second_factor, set_person_role};

use maud::{Markup, html};
use trust::access::Role;

use super::components::Choice;

/// Where the list is.
pub(super) const ADDRESS: &str = "/people";

/// The field with a role.
const ROLE: &str = "role";

/// The field in which a role is chosen.
pub(super) fn role_choice(chosen: Role) -> Choice<'static> {
    Choice {
        name: ROLE,
        label: "Role",
        options: Role::ALL.map(|role| (role.word(), role.label())).to_vec(),
        chosen: chosen.word(),
    }
}

/// The way between the pages about who may ask.
pub(super) fn tabs(here: &str) -> Markup {
    let places = [
        (ADDRESS, "People"),
        (super::sessions::ADDRESS, "Sessions"),
        (super::api_tokens::ADDRESS, "API tokens"),
    ];
    html! {
        nav.tabs aria-label="Who may ask" {
            @for (address, name) in places {
                a href=(address) aria-current=[(address == here).then_some("page")] { (name) }
            }
        }
    }
}
