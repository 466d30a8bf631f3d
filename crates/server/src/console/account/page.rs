//! `GET /account`: the page.

use axum::extract::State;
use axum::http::StatusCode;
use axum::response::{IntoResponse as _, Response};
use maud::{Markup, html};
use store::person::Person;

use super::{ADDRESS, CURRENT, reader};
use crate::app::{App, SharedApp};
use crate::console::choose_password::ChoosePassword;
use crate::console::components::{Errors, Fact, Field, Takes, Tone, badge, facts, moment, section, stamp};
use crate::console::own_form::fresh_key;
use crate::console::sessions::table;
use crate::console::{Page, Place, Visitor, set_up};
use crate::problem::Problem;

/// What is wrong with a form on the page.
#[derive(Default)]
pub(super) struct Wrong {
    /// Of the password that is to be changed.
    pub password: Errors,
    /// Of the second factor that is to be taken away.
    pub second_factor: Option<String>,
}

/// Shows the reader's account.
pub(crate) async fn show_account(
    State(app): State<SharedApp>,
    visitor: Visitor,
) -> Result<Response, Problem> {
    page(&app, &visitor, Wrong::default()).await
}

/// The page, with what is wrong.
pub(super) async fn page(app: &App, visitor: &Visitor, wrong: Wrong) -> Result<Response, Problem> {
    let is_wrong = !wrong.password.is_empty() || wrong.second_factor.is_some();
    let person = reader(app, visitor).await?;
    let contents = match &person {
        Some(person) => own(app, visitor, person, wrong).await?,
        None => nobody(visitor),
    };
    let page = Page {
        title: "Your account",
        visitor: Some(visitor),
        place: Place::Elsewhere,
        contents: html! { h1 { "Your account" } (contents) },
    };
    let status = match is_wrong {
        true => StatusCode::UNPROCESSABLE_ENTITY,
        false => StatusCode::OK,
    };
    Ok((status, page.render()).into_response())
}

/// For whoever has no name here.
fn nobody(visitor: &Visitor) -> Markup {
    html! {
        div.empty {
            h2 { "You have no account of your own." }
            p { "A link of the server's operator, or an API token, has let you in as " (visitor.name()) "." }
            @if visitor.session_hash.is_some() {
                p { a.button-like.primary href=(set_up::ADDRESS) { "Choose a name and a password" } }
            }
        }
    }
}

async fn own(app: &App, visitor: &Visitor, person: &Person, wrong: Wrong) -> Result<Markup, Problem> {
    let sessions = store::session::list_of_person(&app.store, person.id, app.now()).await?;
    let key = fresh_key(app);
    Ok(html! {
        (facts(&[
            Fact::mono("Name", person.name.as_str()),
            Fact::new("Role", person.role.label()),
        ]))
        (section("your-password", "Another password", password(visitor, person, wrong.password, &key)))
        (section("second-factor", "Second factor", second_factor(visitor, person, wrong.second_factor.as_deref(), &key)))
        (section("sessions", "Where you are signed in", html! {
            (table(&sessions, visitor, &key, |id| Some(format!("{ADDRESS}/sessions/{id}/end"))))
        }))
    })
}

fn current(error: Option<&str>) -> Field<'_> {
    Field {
        name: CURRENT,
        label: "The password that you have now",
        value: "",
        takes: Takes::SignInPassword,
        hint: None,
        error,
        list: None,
        required: true,
    }
}

fn password(visitor: &Visitor, person: &Person, errors: Errors, key: &str) -> Markup {
    let wrong = errors.get(CURRENT).cloned();
    html! {
        form novalidate method="post" action={ (ADDRESS) "/password" } {
            (stamp(visitor, key))
            // Password managers keep a password under the name that stands with it.
            input type="hidden" name="username" autocomplete="username" value=(person.name);
            (ChoosePassword { name: None, errors }.render())
            (current(wrong.as_deref()).render())
            p.buttons { button type="submit" { "Change password" } }
            p.hint { "Every other session of yours ends." }
        }
    }
}

fn second_factor(visitor: &Visitor, person: &Person, wrong: Option<&str>, key: &str) -> Markup {
    let Some(since) = person.second_factor_at else {
        return html! {
            @if visitor.caller.owes_second_factor {
                div.notice.warn role="status" {
                    p { "The organisation asks for one, since you may see secrets. Until it is set up, nothing else opens." }
                }
            }
            p { (badge(Tone::Idle, "none")) " With an app that makes codes nobody signs in by your password alone." }
            form method="post" action={ (ADDRESS) "/second-factor" } {
                (stamp(visitor, key))
                p.buttons { button type="submit" { "Set up a second factor" } }
            }
        };
    };
    html! {
        p { (badge(Tone::Good, "set up")) " " (moment(since)) }
        details open[wrong.is_some()] {
            summary { "Take it away" }
            form novalidate method="post" action={ (ADDRESS) "/second-factor/remove" } {
                (stamp(visitor, key))
                @if let Some(wrong) = wrong {
                    div.notice.bad role="alert" tabindex="-1" autofocus { p { (wrong) } }
                }
                div.field {
                    label for="password_to_remove" { "The password that you have now" }
                    input id="password_to_remove" name=(CURRENT) type="password" required autocomplete="current-password";
                }
                p.buttons { button.danger type="submit" { "Take the second factor away" } }
            }
            p.hint { "Another app, or new recovery codes: take it away, and set it up again." }
        }
    }
}
