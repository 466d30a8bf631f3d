//! `GET /people/{id}`: one person, and what an owner does.

use axum::extract::State;
use maud::{Markup, html};
use store::person::Person;
use trust::access::Permission;
use trust::id::PersonId;

use super::{ADDRESS, role_choice};
use crate::app::{App, SharedApp};
use crate::console::components::{Fact, allowed, crumbs, facts, moment, section, stamp};
use crate::console::own_form::fresh_key;
use crate::console::{Page, Place, Visitor};
use crate::input::PathOf;
use crate::problem::Problem;

/// Shows a person.
pub(crate) async fn show_person(
    State(app): State<SharedApp>,
    visitor: Visitor,
    PathOf(id): PathOf,
) -> Result<Markup, Problem> {
    let person = find(&app, &visitor, &id).await?;
    let page = Page {
        title: person.name.as_str(),
        visitor: Some(&visitor),
        place: Place::People,
        contents: html! {
            (crumbs(&[("People", Some(ADDRESS.to_owned()))]))
            h1 { (person.name) }
            (facts(&[
                Fact::new("Role", person.role.label()),
                Fact::new("Password", if person.has_password { "chosen" } else { "not chosen yet" }),
                Fact::optional("Second factor", person.second_factor_at.map(moment)),
                Fact::new("Added", moment(person.created_at)),
            ]))
            (allowed(&visitor, Permission::ManagePeople, verbs(&app, &visitor, &person)))
        },
    };
    Ok(page.render())
}

/// The person of this id.
pub(super) async fn find(app: &App, visitor: &Visitor, id: &str) -> Result<Person, Problem> {
    let id: PersonId = id.parse().map_err(|_| Problem::not_found())?;
    let person = store::person::find(&app.store, visitor.caller.organization_id, id).await?;
    person.ok_or_else(Problem::not_found)
}

fn verbs(app: &App, visitor: &Visitor, person: &Person) -> Markup {
    let address = |verb: &str| format!("{ADDRESS}/{}/{verb}", person.id);
    let key = || stamp(visitor, &fresh_key(app));
    html! {
        (section("change-role", "Role", html! {
            form method="post" action=(address("role")) {
                (key())
                (role_choice(person.role).render())
                p.buttons { button type="submit" { "Change role" } }
                p.hint { "It holds from the next request on. An invitation that was not used yet ends." }
            }
        }))
        (section("invitation", "Invitation", html! {
            p { "A new link by which a password is chosen, for whoever has not used the first or has forgotten the password." }
            form method="post" action=(address("invitation")) {
                (key())
                p.buttons { button type="submit" { "Make a new invitation" } }
            }
        }))
        @if person.second_factor_at.is_some() {
            (section("second-factor", "Second factor", html! {
                p { "For whoever has lost the app and the recovery codes. The password alone signs in then, until another is set up." }
                form method="post" action=(address("second-factor")) {
                    (key())
                    p.buttons { button.danger type="submit" { "Reset second factor" } }
                }
            }))
        }
        (section("remove", "Remove", html! {
            p { (person.name) " is signed out at once and cannot sign in again. What was done stays in the audit log under the name." }
            form method="post" action=(address("remove")) {
                (key())
                p.buttons { button.danger type="submit" { "Remove " (person.name) } }
            }
        }))
    }
}
