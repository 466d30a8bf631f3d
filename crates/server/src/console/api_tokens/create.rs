//! `POST /api-tokens`: a token for a program, shown this once.

use std::time::Duration;

use axum::extract::State;
use axum::http::StatusCode;
use axum::response::{IntoResponse as _, Response};
use maud::{Markup, html};
use trust::access::{Permission, Rights, Role};
use trust::code::Code;

use super::ADDRESS;
use super::page::{Asked, DAYS, Making, NAME, SCOPE, page};
use crate::api_tokens::create::{ApiToken, Order, create};
use crate::app::SharedApp;
use crate::console::components::{Errors, crumbs};
use crate::console::own_form::OwnForm;
use crate::console::{Page, Place, Visitor};
use crate::input::{TOKEN_NAME, is_token_name};
use crate::problem::Problem;

/// Makes a token.
pub(crate) async fn create_api_token(
    State(app): State<SharedApp>,
    form: OwnForm,
) -> Result<Response, Problem> {
    let visitor = &form.visitor;
    let mut making = read(&form)?;
    let order = match order(&making) {
        Ok(order) => order,
        Err(errors) => {
            making.errors = errors;
            let page = page(&app, visitor, Asked::default(), &making).await?;
            return Ok((StatusCode::UNPROCESSABLE_ENTITY, page).into_response());
        }
    };
    match create(&app, &visitor.caller, &form.key()?, order).await {
        Ok(token) => Ok(made(visitor, &making.name, &token).into_response()),
        Err(problem) => {
            let (field, wrong) = match problem.code {
                Code::NameTaken => (NAME, "Another token has this name. Choose another.".to_owned()),
                _ => match problem.broken_rule_of("scopes") {
                    Some(_) => (
                        "role",
                        "The role does not bring every permission that is ticked.".to_owned(),
                    ),
                    None => return Err(problem),
                },
            };
            making.errors.insert(field, wrong);
            let page = page(&app, visitor, Asked::default(), &making).await?;
            Ok((StatusCode::UNPROCESSABLE_ENTITY, page).into_response())
        }
    }
}

fn read(form: &OwnForm) -> Result<Making, Problem> {
    let scopes = Permission::ALL.into_iter();
    let scopes = scopes.filter(|scope| form.form.is_ticked(&format!("{SCOPE}{}", scope.word())));
    Ok(Making {
        name: form.form.text(NAME),
        role: Role::from_word(&form.form.text("role"))
            .ok_or_else(|| Problem::invalid("role", "is a role"))?,
        scopes: scopes.collect(),
        days: form.form.text(DAYS),
        errors: Errors::new(),
    })
}

/// What is asked for, or what is wrong with it.
fn order(making: &Making) -> Result<Order, Errors> {
    let name = making.name.trim();
    if !is_token_name(name) {
        let wrong = format!("The rule is that it {}.", TOKEN_NAME.says);
        return Err(Errors::from([(NAME, wrong)]));
    }
    let valid_for = match making.days.trim() {
        "" => None,
        days => match days.parse::<u64>() {
            Ok(days @ 1..=30) => Some(Duration::from_hours(24 * days)),
            _ => {
                let wrong = "The rule is that it is a number from 1 to 30, or empty.".to_owned();
                return Err(Errors::from([(DAYS, wrong)]));
            }
        },
    };
    Ok(Order {
        name: name.to_owned(),
        role: making.role,
        scopes: (!making.scopes.is_empty()).then(|| Rights::of(&making.scopes)),
        valid_for,
    })
}

fn made(visitor: &Visitor, name: &str, token: &ApiToken) -> Markup {
    let page = Page {
        title: "API token",
        visitor: Some(visitor),
        place: Place::People,
        contents: html! {
            div.narrow {
                (crumbs(&[("API tokens", Some(ADDRESS.to_owned()))]))
                h1 { "API token" }
                p.lead { "The token of " strong.mono { (name) } ". It is not shown again." }
                p { code.secret { (token.token) } }
                p.hint { "A program sends it as " code { "Authorization: Bearer …" } "; the command line reads it from a file (--token-file)." }
                p.buttons { a.button-like.primary href=(ADDRESS) { "Done" } }
            }
        },
    };
    page.render()
}
