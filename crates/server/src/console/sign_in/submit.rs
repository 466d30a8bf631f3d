//! `POST /sign-in`: a name and a password are given.

use axum::extract::State;
use axum::http::{HeaderMap, StatusCode};
use axum::response::{IntoResponse as _, Redirect, Response};

use super::show::page;
use super::{Form, name};
use crate::app::SharedApp;
use crate::console::own_site;
use crate::input::SecretForm;
use crate::problem::Problem;
use crate::sign_in::{Address, Refused, sign_in as begin};

/// Signs in and leads to where the reader wanted to go.
pub(crate) async fn sign_in(
    State(app): State<SharedApp>,
    address: Address,
    headers: HeaderMap,
    form: SecretForm,
) -> Result<Response, Problem> {
    own_site::check(&headers)?;
    let (name, then) = (form.text(name::NAME), form.text(name::THEN));
    let refused = match form.secret(name::PASSWORD).ok().flatten() {
        Some(password) => match begin(&app, address, &name, password).await {
            Ok(session) => {
                let next = Redirect::to(own_site::page_of(&then));
                return Ok((session.cookie(&app), next).into_response());
            }
            Err(Refused::Problem(problem)) => return Err(problem),
            Err(refused) => refused,
        },
        None => Refused::Wrong,
    };
    let (status, more) = match refused {
        Refused::TooOften(until) => (
            StatusCode::TOO_MANY_REQUESTS,
            format!(" The next may be tried at {}.", until.utc()),
        ),
        _ => (StatusCode::UNAUTHORIZED, String::new()),
    };
    let error = format!("{}.{more}", refused.code().entry().title);
    let form = Form {
        name: &name,
        then: &then,
        error: Some(&error),
    };
    Ok((status, page(&form)).into_response())
}
