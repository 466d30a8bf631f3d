//! `POST /sign-in`: a name and a password are given.

use axum::extract::State;
use axum::http::{HeaderMap, StatusCode};
use axum::response::{IntoResponse as _, Redirect, Response};

use super::show::page;
use super::{Form, name, step};
use crate::app::SharedApp;
use crate::console::own_site;
use crate::input::SecretForm;
use crate::problem::Problem;
use crate::sign_in::{Address, Refused, SignedIn, sign_in as begin};

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
            Ok(SignedIn::Now(session)) => {
                let next = Redirect::to(own_site::page_of(&then));
                return Ok((session.cookie(&app), next).into_response());
            }
            Ok(SignedIn::SecondFactor(step)) => return Ok(step::page(&step, &then, None).into_response()),
            Err(Refused::Problem(problem)) => return Err(problem),
            Err(refused) => refused,
        },
        None => Refused::Wrong,
    };
    let error = refusal(&refused);
    let form = Form {
        name: &name,
        then: &then,
        error: Some(&error),
    };
    Ok((status(&refused), page(&form)).into_response())
}

/// Why nobody was signed in, in a sentence.
pub(super) fn refusal(refused: &Refused) -> String {
    let title = refused.code().entry().title;
    match refused {
        Refused::TooOften(until) => format!("{title}. The next may be tried at {}.", until.utc()),
        _ => format!("{title}."),
    }
}

/// The status that goes with it.
pub(super) fn status(refused: &Refused) -> StatusCode {
    match refused {
        Refused::TooOften(_) => StatusCode::TOO_MANY_REQUESTS,
        _ => StatusCode::UNAUTHORIZED,
    }
}
