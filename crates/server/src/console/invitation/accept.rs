//! `POST /invitation/{link}`: the password is chosen, and whoever chose it is signed in.

use axum::extract::State;
use axum::http::{HeaderMap, StatusCode};
use axum::response::{IntoResponse as _, Redirect, Response};
use store::person::Invited;

use super::page::{page, unusable};
use crate::app::SharedApp;
use crate::console::choose_password::{ChoosePassword, read_password};
use crate::console::{own_site, sign_in};
use crate::input::{PathOf, SecretForm};
use crate::problem::Problem;
use crate::sign_in::{Address, NewSession};
use crate::token;

/// Takes the password in and uses the link up.
pub(crate) async fn accept_invitation(
    State(app): State<SharedApp>,
    PathOf(link): PathOf,
    address: Address,
    headers: HeaderMap,
    form: SecretForm,
) -> Result<Response, Problem> {
    own_site::check(&headers)?;
    let link_hash = token::hash(&link);
    let found = store::person::find_invitation(&app.store, &link_hash, app.now()).await?;
    let Some(person) = found else {
        return Ok(unusable());
    };
    let password = match read_password(&form, &person.name) {
        Ok(password) => password,
        Err(errors) => {
            let organization = store::organization::name(&app.store, person.organization_id).await?;
            let fields = ChoosePassword { name: None, errors };
            let page = page(&link, &person, &organization, &fields);
            return Ok((StatusCode::UNPROCESSABLE_ENTITY, page).into_response());
        }
    };
    let hash = app.passwords.hash(password, &app.entropy).await?;
    let session = NewSession::from(&app, address);
    match store::person::accept(&app.store, &link_hash, &hash, &session.beginning).await? {
        Invited::In(ended) => {
            for hash in &ended {
                app.events.session_ended(hash);
            }
            Ok((session.cookie(&app), Redirect::to("/")).into_response())
        }
        Invited::Chosen(ended) => {
            for hash in &ended {
                app.events.session_ended(hash);
            }
            Ok(Redirect::to(sign_in::ADDRESS).into_response())
        }
        Invited::Invalid => Ok(unusable()),
    }
}
