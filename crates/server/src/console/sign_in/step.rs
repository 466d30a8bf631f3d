//! `POST /sign-in/code`: the second step, for whoever has a second factor.

use axum::extract::State;
use axum::http::{HeaderMap, StatusCode};
use axum::response::{IntoResponse as _, Redirect, Response};
use maud::{Markup, html};
use secrecy::SecretString;

use super::Form;
use super::name;
use super::show::page as first_page;
use super::submit::{refusal, status};
use crate::app::SharedApp;
use crate::console::components::{Field, Takes};
use crate::console::{Page, Place, own_site};
use crate::input::SecretForm;
use crate::problem::Problem;
use crate::second_factor::finish;
use crate::sign_in::{Address, Refused};

/// Where the form of the second step is sent.
const ADDRESS: &str = "/sign-in/code";
/// The field with the code.
const CODE: &str = "code";
/// The hidden field that says whose password was right.
const STEP: &str = "step";

/// Signs in by a code, and leads to where the reader wanted to go.
pub(crate) async fn sign_in_by_code(
    State(app): State<SharedApp>,
    address: Address,
    headers: HeaderMap,
    form: SecretForm,
) -> Result<Response, Problem> {
    own_site::check(&headers)?;
    let (step, then) = (form.text(STEP), form.text(name::THEN));
    let typed = form.secret(CODE).ok().flatten();
    let typed = typed.unwrap_or_else(|| SecretString::from(""));
    let refused = match finish(&app, address, &step, &typed).await {
        Ok(session) => {
            let next = Redirect::to(own_site::page_of(&then));
            return Ok((session.cookie(&app), next).into_response());
        }
        Err(Refused::Problem(problem)) => return Err(problem),
        Err(refused) => refused,
    };
    let error = refusal(&refused);
    if matches!(refused, Refused::Over) {
        let form = Form {
            name: "",
            then: &then,
            error: Some(&error),
        };
        return Ok((StatusCode::UNAUTHORIZED, first_page(&form)).into_response());
    }
    Ok((status(&refused), page(&step, &then, Some(&error))).into_response())
}

/// The page of the second step.
pub(super) fn page(step: &str, then: &str, error: Option<&str>) -> Markup {
    let field = Field {
        name: CODE,
        label: "Code",
        value: "",
        takes: Takes::OneTimeCode,
        hint: Some(html! {
            "The six digits that your app shows now. Without the app: one of your recovery codes, each of which is good once."
        }),
        error: None,
        list: None,
        required: true,
    };
    let page = Page {
        title: "Second factor",
        visitor: None,
        place: Place::Elsewhere,
        contents: html! {
            div.narrow {
                h1 { "Second factor" }
                @if let Some(error) = error {
                    div.notice.bad role="alert" tabindex="-1" autofocus { p { (error) } }
                }
                form method="post" action=(ADDRESS) {
                    input type="hidden" name=(STEP) value=(step);
                    input type="hidden" name=(name::THEN) value=(then);
                    (field.render())
                    p.buttons {
                        button.primary type="submit" { "Sign in" }
                        a.button-like href="/sign-in" { "Back" }
                    }
                }
                p.hint { "Who has lost the app and the recovery codes asks an owner to reset the second factor." }
            }
        },
    };
    page.render()
}
