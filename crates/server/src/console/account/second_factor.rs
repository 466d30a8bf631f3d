//! The reader's second factor: set up, confirmed by a first code, taken away.

use axum::extract::State;
use axum::http::StatusCode;
use axum::response::{IntoResponse as _, Redirect, Response};
use maud::{Markup, html};
use secrecy::{ExposeSecret as _, SecretString};

use super::page::{Wrong, page};
use super::{ADDRESS, reader, sender, typed_own};
use crate::app::{App, SharedApp};
use crate::console::components::{Field, Takes, crumbs, qr, stamp};
use crate::console::own_form::{OwnForm, fresh_key};
use crate::console::{Page, Place, Visitor};
use crate::problem::Problem;
use crate::second_factor::{SetUp, begin, confirm, waiting};
use crate::sign_in::Address;

/// Where it is set up.
const SET_UP: &str = "/account/second-factor";
/// The field with the first code.
const CODE: &str = "code";

/// `POST /account/second-factor`: makes a secret, and leads to where an app takes it.
pub(crate) async fn begin_second_factor(
    State(app): State<SharedApp>,
    form: OwnForm,
) -> Result<Redirect, Problem> {
    let person = sender(&app, &form).await?;
    let is_begun = begin(&app, &person).await?;
    Ok(Redirect::to(if is_begun { SET_UP } else { ADDRESS }))
}

/// `GET /account/second-factor`: the secret for an app, until a first code has come from it.
pub(crate) async fn show_second_factor(
    State(app): State<SharedApp>,
    visitor: Visitor,
) -> Result<Response, Problem> {
    let waits = match reader(&app, &visitor).await? {
        Some(person) => waiting(&app, &person).await?,
        None => None,
    };
    match waits {
        Some(waits) => Ok(set_up_page(&app, &visitor, &waits, None).into_response()),
        None => Ok(Redirect::to(ADDRESS).into_response()),
    }
}

/// `POST /account/second-factor/confirm`: a first code; answers the recovery codes, this once.
pub(crate) async fn confirm_second_factor(
    State(app): State<SharedApp>,
    form: OwnForm,
) -> Result<Response, Problem> {
    let person = sender(&app, &form).await?;
    let typed = form.form.text(CODE).replace(' ', "");
    if let Some(codes) = confirm(&app, &person, &typed).await? {
        return Ok(codes_page(&form.visitor, &codes).into_response());
    }
    match waiting(&app, &person).await? {
        Some(waits) => {
            let wrong = "This is not the code that the app shows now. Look whether its clock is right.";
            let page = set_up_page(&app, &form.visitor, &waits, Some(wrong));
            Ok((StatusCode::UNPROCESSABLE_ENTITY, page).into_response())
        }
        None => Ok(Redirect::to(ADDRESS).into_response()),
    }
}

/// `POST /account/second-factor/remove`: the password alone signs in again.
pub(crate) async fn remove_second_factor(
    State(app): State<SharedApp>,
    address: Address,
    form: OwnForm,
) -> Result<Response, Problem> {
    let person = sender(&app, &form).await?;
    if let Err(wrong) = typed_own(&app, address, &person, &form).await? {
        let wrong = Wrong {
            second_factor: Some(wrong),
            ..Wrong::default()
        };
        return page(&app, &form.visitor, wrong).await;
    }
    store::second_factor::remove_own(&app.store, &person, app.now()).await?;
    Ok(Redirect::to(ADDRESS).into_response())
}

fn set_up_page(app: &App, visitor: &Visitor, waits: &SetUp, wrong: Option<&str>) -> Markup {
    let field = Field {
        name: CODE,
        label: "Code that the app shows",
        value: "",
        takes: Takes::OneTimeCode,
        hint: None,
        error: wrong,
        list: None,
        required: true,
    };
    frame(
        visitor,
        "Set up a second factor",
        html! {
            ol {
                li { "Open an app that makes codes, on your phone or in your password manager." }
                li { "Let it read the picture, or type the key into it." }
                li { "Type the code that it shows." }
            }
            p { (qr(waits.address.expose_secret(), "The key of your second factor, for an app")) }
            p { "Key: " code { (grouped(&waits.secret)) } }
            form novalidate method="post" action={ (SET_UP) "/confirm" } {
                (stamp(visitor, &fresh_key(app)))
                (field.render())
                p.buttons {
                    button.primary type="submit" { "Confirm" }
                    a.button-like href=(ADDRESS) { "Later" }
                }
            }
        },
    )
}

/// The key in groups of four, as people type it.
fn grouped(secret: &SecretString) -> String {
    let letters: Vec<char> = secret.expose_secret().chars().collect();
    let groups: Vec<String> = letters.chunks(4).map(|group| group.iter().collect()).collect();
    groups.join(" ")
}

fn codes_page(visitor: &Visitor, codes: &[SecretString]) -> Markup {
    frame(
        visitor,
        "Your recovery codes",
        html! {
            p.lead {
                "From now on a code of your app is asked for whenever you sign in. Without the app, one of these opens instead, each once. "
                strong { "They are not shown again." } " Print them, or keep them where the app is not."
            }
            ul.codes { @for code in codes { li { code { (code.expose_secret()) } } } }
            p.buttons { a.button-like.primary href=(ADDRESS) { "I have kept them" } }
        },
    )
}

fn frame(visitor: &Visitor, title: &str, contents: Markup) -> Markup {
    let page = Page {
        title,
        visitor: Some(visitor),
        place: Place::Elsewhere,
        contents: html! {
            div.narrow {
                (crumbs(&[("Your account", Some(ADDRESS.to_owned()))]))
                h1 { (title) }
                (contents)
            }
        },
    };
    page.render()
}
