//! `POST /account/password`: the reader's password is another one from now on.

use axum::extract::State;
use axum::response::{IntoResponse as _, Redirect, Response};

use super::page::{Wrong, page};
use super::{ADDRESS, CURRENT, sender, typed_own};
use crate::app::SharedApp;
use crate::console::choose_password::read_password;
use crate::console::components::Errors;
use crate::console::own_form::OwnForm;
use crate::problem::Problem;
use crate::sign_in::{Address, NewSession};

/// Changes the password, ends every session of the reader's and goes on in a new one.
pub(crate) async fn change_password(
    State(app): State<SharedApp>,
    address: Address,
    form: OwnForm,
) -> Result<Response, Problem> {
    let person = sender(&app, &form).await?;
    let again = async |password: Errors| {
        let wrong = Wrong {
            password,
            ..Wrong::default()
        };
        page(&app, &form.visitor, wrong).await
    };
    let chosen = match read_password(&form.form, &person.name) {
        Ok(chosen) => chosen,
        Err(errors) => return again(errors).await,
    };
    let former = match typed_own(&app, address, &person, &form).await? {
        Ok(former) => former,
        Err(wrong) => return again(Errors::from([(CURRENT, wrong)])).await,
    };
    let hash = app.passwords.hash(chosen, &app.entropy).await?;
    let session = NewSession::from(&app, address);
    let changed =
        store::person::change_password(&app.store, &person, (&former, &hash), &session.beginning).await?;
    let Some(ended) = changed else {
        let wrong = "Your password was changed meanwhile. Type the new one.".to_owned();
        return again(Errors::from([(CURRENT, wrong)])).await;
    };
    for hash in &ended {
        app.events.session_ended(hash);
    }
    Ok((session.cookie(&app), Redirect::to(ADDRESS)).into_response())
}
