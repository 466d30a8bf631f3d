//! `POST /set-up`: a name and a password are chosen.

use axum::extract::State;
use axum::http::StatusCode;
use axum::response::{IntoResponse as _, Redirect, Response};
use store::person::Change;
use trust::access::PersonName;
use trust::code::Code;

use super::page::page;
use crate::app::SharedApp;
use crate::console::choose_password::{ChoosePassword, NAME, read_password};
use crate::console::components::Errors;
use crate::console::own_form::{OwnForm, fresh_key};
use crate::problem::Problem;
use crate::sign_in::{Address, NewSession};

/// Makes an owner of whoever came by a link, and goes on in a session of that person.
pub(crate) async fn set_up(
    State(app): State<SharedApp>,
    address: Address,
    form: OwnForm,
) -> Result<Response, Problem> {
    let typed = form.form.text(NAME);
    let again = |errors: Errors| {
        let fields = ChoosePassword {
            name: Some(&typed),
            errors,
        };
        let page = page(&form.visitor, &fields, &fresh_key(&app));
        (StatusCode::UNPROCESSABLE_ENTITY, page).into_response()
    };
    let name: PersonName = match typed.parse() {
        Ok(name) => name,
        Err(error) => return Ok(again(Errors::from([(NAME, format!("This cannot be: {error}."))]))),
    };
    let password = match read_password(&form.form, &name) {
        Ok(password) => password,
        Err(errors) => return Ok(again(errors)),
    };
    let by_link = form.visitor.session_hash.as_deref();
    let by_link = by_link.ok_or_else(|| Problem::unauthorized(Code::NotSignedIn))?;
    let hash = app.passwords.hash(password, &app.entropy).await?;
    let session = NewSession::from(&app, address);
    let id = app.entropy.id(app.now());
    match store::person::set_up(&app.store, by_link, (id, &name), &hash, &session.beginning).await? {
        Change::Now(ended) => {
            for hash in &ended {
                app.events.session_ended(hash);
            }
            Ok((session.cookie(&app), Redirect::to("/")).into_response())
        }
        Change::NameTaken => Ok(again(Errors::from([(
            NAME,
            "Somebody has this name already. Choose another.".to_owned(),
        )]))),
        _ => Err(Problem::unauthorized(Code::NotSignedIn)),
    }
}
