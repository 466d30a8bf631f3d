//! `POST /enrolment/{link}`: what a person says is saved, once.

use std::collections::{BTreeMap, BTreeSet};
use std::str::FromStr;

use axum::extract::State;
use axum::http::StatusCode;
use axum::response::{IntoResponse as _, Response};
use secrecy::{ExposeSecret as _, SecretString};
use trust::enrolment::{AttributeName, RecordChange};

use super::name;
use super::page::{Draft, Form, Known, thanks, unusable};
use super::show::known;
use crate::app::SharedApp;
use crate::console::components::Errors;
use crate::enrolment_links::follow::{find, follow};
use crate::enrolment_records::save::{Person, Said};
use crate::input::{PathOf, SecretForm};
use crate::problem::Problem;

/// Takes in what a person says.
pub(crate) async fn submit_own_page(
    State(app): State<SharedApp>,
    PathOf(link): PathOf,
    form: SecretForm,
) -> Result<Response, Problem> {
    let Some(found) = find(&app, &link).await? else {
        return Ok((StatusCode::NOT_FOUND, unusable()).into_response());
    };
    let known = known(&app, &found).await?;
    let draft = Draft {
        full_name: form.text(name::FULL_NAME),
        username: form.text(name::USERNAME),
        email: form.text(name::EMAIL),
    };
    let (change, password) = match read(&form, &draft, known) {
        Ok(read) => read,
        Err(errors) => {
            let organization = store::organization::name(&app.store, found.organization_id).await?;
            let form = Form {
                link: &link,
                organization: &organization,
                serial_number: &found.serial_number,
                known,
                draft,
                errors,
            };
            return Ok((StatusCode::UNPROCESSABLE_ENTITY, form.render()).into_response());
        }
    };
    let said = Said {
        serial_number: found.serial_number.clone(),
        person: Person::Part(change),
        secrets: BTreeMap::from([(AttributeName::password(), password)]),
        forget: BTreeSet::new(),
    };
    if follow(&app, &link, &found, &said).await? {
        Ok(thanks().into_response())
    } else {
        Ok((StatusCode::NOT_FOUND, unusable()).into_response())
    }
}

/// What was filled in, or everything that is wrong with it.
fn read(form: &SecretForm, draft: &Draft, known: Known) -> Result<(RecordChange, SecretString), Errors> {
    let mut errors = Errors::new();
    let change = RecordChange {
        full_name: field(
            name::FULL_NAME,
            &draft.full_name,
            known.full_name,
            "Enter your name.",
            &mut errors,
        ),
        username: field(
            name::USERNAME,
            &draft.username,
            known.username,
            "Enter your user name.",
            &mut errors,
        ),
        email: field(
            name::EMAIL,
            &draft.email,
            known.email,
            "Enter your e-mail address.",
            &mut errors,
        ),
        ..RecordChange::default()
    };
    let password = password(form, &mut errors);
    match password {
        Some(password) if errors.is_empty() => Ok((change, password)),
        _ => Err(errors),
    }
}

fn field<T: FromStr<Err: std::fmt::Display>>(
    name: &'static str,
    text: &str,
    is_known: bool,
    missing: &str,
    errors: &mut Errors,
) -> Option<T> {
    if text.is_empty() {
        if !is_known {
            errors.insert(name, missing.to_owned());
        }
        return None;
    }
    text.parse()
        .map_err(|error| errors.insert(name, format!("This cannot be: {error}.")))
        .ok()
}

fn password(form: &SecretForm, errors: &mut Errors) -> Option<SecretString> {
    let typed = match form.secret(name::PASSWORD) {
        Ok(Some(typed)) => typed,
        Ok(None) => {
            errors.insert(name::PASSWORD, "Enter your password.".to_owned());
            return None;
        }
        Err(rule) => {
            errors.insert(name::PASSWORD, format!("A password {rule}."));
            return None;
        }
    };
    let again = form.secret(name::PASSWORD_AGAIN).ok().flatten();
    let is_the_same = again.is_some_and(|again| again.expose_secret() == typed.expose_secret());
    if !is_the_same {
        errors.insert(
            name::PASSWORD_AGAIN,
            "The two passwords differ. Type both again.".to_owned(),
        );
    }
    is_the_same.then_some(typed)
}

#[cfg(test)]
mod tests;
