//! `GET /people`: who may sign in, and the form that adds somebody.

use axum::extract::State;
use axum::http::StatusCode;
use axum::response::{IntoResponse as _, Response};
use maud::{Markup, html};
use serde::Deserialize;
use trust::access::{Permission, PersonName, Role};
use trust::code::Code;

use super::{ADDRESS, ROLE, invitation, role_choice, tabs};
use crate::app::{App, SharedApp};
use crate::console::components::{
    Errors, Field, Table, Takes, Tone, allowed, badge, empty, error_summary, moment, query, section, stamp,
};
use crate::console::own_form::{OwnForm, fresh_key};
use crate::console::{Page, Place, Visitor};
use crate::input::QueryOf;
use crate::people::add::add;
use crate::people::list::{Wanted, list};
use crate::people::view::PersonView;
use crate::problem::Problem;

/// The field with a name.
const NAME: &str = "name";

/// Which page of the list.
#[derive(Default, Deserialize)]
pub(crate) struct Asked {
    cursor: Option<String>,
}

/// What was filled in, and what is wrong with it.
struct Adding {
    name: String,
    role: Role,
    errors: Errors,
}

impl Default for Adding {
    fn default() -> Self {
        Self {
            name: String::new(),
            role: Role::HelpDesk,
            errors: Errors::new(),
        }
    }
}

/// Shows the list.
pub(crate) async fn show_people(
    State(app): State<SharedApp>,
    visitor: Visitor,
    QueryOf(asked): QueryOf<Asked>,
) -> Result<Markup, Problem> {
    page(&app, &visitor, asked, &Adding::default()).await
}

/// `POST /people`: adds somebody, and shows the invitation this once.
pub(crate) async fn add_person(State(app): State<SharedApp>, form: OwnForm) -> Result<Response, Problem> {
    let visitor = &form.visitor;
    let mut adding = Adding {
        name: form.form.text(NAME),
        role: Role::from_word(&form.form.text(ROLE)).ok_or_else(|| Problem::invalid(ROLE, "is a role"))?,
        errors: Errors::new(),
    };
    let wrong = match adding.name.parse::<PersonName>() {
        Err(error) => format!("This cannot be: {error}."),
        Ok(name) => match add(&app, &visitor.caller, &form.key()?, &name, adding.role).await {
            Ok(made) => return Ok(invitation::page(visitor, name.as_str(), &made).into_response()),
            Err(problem) if problem.code == Code::NameTaken => {
                "Somebody has this name already. Choose another.".to_owned()
            }
            Err(problem) => return Err(problem),
        },
    };
    adding.errors.insert(NAME, wrong);
    let page = page(&app, visitor, Asked::default(), &adding).await?;
    Ok((StatusCode::UNPROCESSABLE_ENTITY, page).into_response())
}

async fn page(app: &App, visitor: &Visitor, asked: Asked, adding: &Adding) -> Result<Markup, Problem> {
    let wanted = Wanted {
        cursor: asked.cursor,
        limit: None,
    };
    let people = list(app, &visitor.caller, wanted).await?;
    let page = Page {
        title: "People",
        visitor: Some(visitor),
        place: Place::People,
        contents: html! {
            h1 { "People" }
            (tabs(ADDRESS))
            @if people.items.is_empty() {
                (empty("Nobody signs in by a name yet."))
            } @else {
                (table(&people.items))
            }
            @if let Some(cursor) = &people.next_cursor {
                p { a.button-like href={ (ADDRESS) (query(&[("cursor", Some(cursor))])) } { "More" } }
            }
            (section("add", "Invite somebody", allowed(visitor, Permission::ManagePeople, form(app, visitor, adding))))
        },
    };
    Ok(page.render())
}

fn table(people: &[PersonView]) -> Markup {
    let row = |person: &PersonView| {
        vec![
            html! { a.mono href={ (ADDRESS) "/" (person.id) } { (person.name) } },
            html! { (person.role.label()) },
            html! {
                @if person.has_password { (badge(Tone::Good, "chosen")) } @else { (badge(Tone::Idle, "not chosen yet")) }
            },
            html! {
                @if person.has_second_factor { (badge(Tone::Good, "set up")) } @else { (badge(Tone::Idle, "none")) }
            },
            moment(person.created_at),
        ]
    };
    let table = Table {
        label: "People",
        columns: &["Name", "Role", "Password", "Second factor", "Added"],
        short: true,
        rows: people.iter().map(row).collect(),
    };
    table.render()
}

fn form(app: &App, visitor: &Visitor, adding: &Adding) -> Markup {
    let name = Field {
        name: NAME,
        label: "Name",
        value: &adding.name,
        takes: Takes::Username,
        hint: Some(
            html! { "To sign in by, and for the audit log: letters a to z, digits and . _ - + @, as in an e-mail address." },
        ),
        error: adding.errors.get(NAME).map(String::as_str),
        list: None,
        required: true,
    };
    html! {
        form novalidate method="post" action=(ADDRESS) {
            (error_summary("Nobody was added.", &adding.errors, &[NAME]))
            (stamp(visitor, &fresh_key(app)))
            (name.render())
            (role_choice(adding.role).render())
            p.buttons { button.primary type="submit" { "Invite" } }
        }
    }
}
