//! `GET /api-tokens`: which programs may ask, and the form that makes a token.

use axum::extract::State;
use maud::{Markup, html};
use serde::Deserialize;
use trust::access::{Permission, Role};

use super::ADDRESS;
use crate::api_tokens::list::{ApiTokenView, Wanted, list};
use crate::app::{App, SharedApp};
use crate::console::components::{
    Errors, Field, Table, Takes, TickBox, allowed, empty, error_summary, moment, query, section, stamp,
};
use crate::console::own_form::fresh_key;
use crate::console::people::{role_choice, tabs};
use crate::console::{Page, Place, Visitor};
use crate::input::QueryOf;
use crate::problem::Problem;

/// The field with the token's name.
pub(super) const NAME: &str = "name";
/// The field with how many days it is valid.
pub(super) const DAYS: &str = "days";
/// The boxes with the permissions.
pub(super) const SCOPE: &str = "scope_";

/// Which page of the list.
#[derive(Default, Deserialize)]
pub(crate) struct Asked {
    cursor: Option<String>,
}

/// What was filled in, and what is wrong with it.
pub(super) struct Making {
    pub name: String,
    pub role: Role,
    pub scopes: Vec<Permission>,
    pub days: String,
    pub errors: Errors,
}

impl Default for Making {
    fn default() -> Self {
        Self {
            name: String::new(),
            role: Role::Viewer,
            scopes: Vec::new(),
            days: String::new(),
            errors: Errors::new(),
        }
    }
}

/// Shows the tokens.
pub(crate) async fn show_api_tokens(
    State(app): State<SharedApp>,
    visitor: Visitor,
    QueryOf(asked): QueryOf<Asked>,
) -> Result<Markup, Problem> {
    page(&app, &visitor, asked, &Making::default()).await
}

/// The page, with what was filled in.
pub(super) async fn page(
    app: &App,
    visitor: &Visitor,
    asked: Asked,
    making: &Making,
) -> Result<Markup, Problem> {
    let wanted = Wanted {
        cursor: asked.cursor,
        limit: None,
    };
    let tokens = list(app, &visitor.caller, wanted).await?;
    let page = Page {
        title: "API tokens",
        visitor: Some(visitor),
        place: Place::People,
        contents: html! {
            h1 { "API tokens" }
            (tabs(ADDRESS))
            p.lead { "Programs ask by a token, with a role like a person's or a part of one. A token is shown when it is made, and never again." }
            @if tokens.items.is_empty() {
                (empty("No program has a token."))
            } @else {
                (table(app, visitor, &tokens.items))
            }
            @if let Some(cursor) = &tokens.next_cursor {
                p { a.button-like href={ (ADDRESS) (query(&[("cursor", Some(cursor))])) } { "More" } }
            }
            (section("make", "Make a token", allowed(visitor, Permission::ManagePeople, form(app, visitor, making))))
        },
    };
    Ok(page.render())
}

fn table(app: &App, visitor: &Visitor, tokens: &[ApiTokenView]) -> Markup {
    let may = visitor.may(Permission::ManagePeople);
    let row = |token: &ApiTokenView| {
        let scopes = token.scopes.as_ref().map(|scopes| {
            let words: Vec<_> = scopes.iter().map(|scope| scope.word()).collect();
            words.join(", ")
        });
        vec![
            html! { span.mono { (token.name) } },
            html! { (token.role.label()) },
            html! { (scopes.as_deref().unwrap_or("all of it")) },
            html! { @if let Some(until) = token.expires_at { (moment(until)) } @else { "for good" } },
            html! {
                @if may {
                    form method="post" action={ (ADDRESS) "/" (token.name) "/revoke" } {
                        (stamp(visitor, &fresh_key(app)))
                        button.small type="submit" { "Revoke" span.spoken { " " (token.name) } }
                    }
                }
            },
        ]
    };
    let table = Table {
        label: "API tokens",
        columns: &["Name", "Role", "What of it", "Valid until", "Revoke"],
        short: true,
        rows: tokens.iter().map(row).collect(),
    };
    table.render()
}

fn form(app: &App, visitor: &Visitor, making: &Making) -> Markup {
    let field = |name, label, value, takes, hint| Field {
        name,
        label,
        value,
        takes,
        hint: Some(hint),
        error: making.errors.get(name).map(String::as_str),
        list: None,
        required: name == NAME,
    };
    let about_name = html! { "It stands in the audit log: letters, digits and . _ -" };
    let about_days = html! { "1 to 30; for good when empty." };
    html! {
        form novalidate method="post" action=(ADDRESS) {
            (error_summary("No token was made.", &making.errors, &[NAME, DAYS]))
            (stamp(visitor, &fresh_key(app)))
            (field(NAME, "Name", &making.name, Takes::Username, about_name).render())
            (role_choice(making.role).render())
            (field(DAYS, "Valid for days", &making.days, Takes::Number, about_days).render())
            details open[!making.scopes.is_empty()] {
                summary { "Only a part of the role" }
                p.hint { "Tick what the token may do. Without a tick it may do all that the role may." }
                @for permission in Permission::ALL {
                    (TickBox {
                        name: &format!("{SCOPE}{}", permission.word()),
                        label: permission.word(),
                        hint: permission.allows(),
                        ticked: making.scopes.contains(&permission),
                        error: None,
                    }.render())
                }
            }
            p.buttons { button.primary type="submit" { "Make token" } }
        }
    }
}
