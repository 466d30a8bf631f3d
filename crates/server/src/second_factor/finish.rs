//! The second step of signing in.

use std::time::Duration;

use secrecy::{ExposeSecret as _, SecretString};
use store::person::Person;
use store::second_factor::{Finished, Proof, Step};

use super::{codes, keep, recovery_codes};
use crate::app::App;
use crate::problem::Problem;
use crate::sign_in::{Address, NewSession, Refused};
use crate::token::{self, Purpose};

/// How long the page of the second step can be used.
const STEP_LASTS: Duration = Duration::from_mins(5);

/// Notes that the password of a person was right, and answers what the page of the second step holds; `None` when the
/// password is another one by now.
pub(crate) async fn begin_step(app: &App, person: &Person, hash: &str) -> Result<Option<String>, Problem> {
    let token = token::new(Purpose::SignInStep, &app.entropy);
    let step = Step {
        hash: token::hash(&token),
        expires_at: app.now().plus(STEP_LASTS),
    };
    let is_begun = store::second_factor::begin_step(&app.store, person, hash, &step).await?;
    Ok(is_begun.then_some(token))
}

/// Begins a session, when what was typed is a code of the person's app or a recovery code. [`Refused::Over`] when the page can
/// no longer be used. Wrong ones are counted with wrong passwords, for owners from everywhere as well: whoever gets
/// here knows the password.
pub(crate) async fn finish(
    app: &App,
    address: Address,
    step: &str,
    typed: &SecretString,
) -> Result<NewSession, Refused> {
    let step = token::hash(step);
    let person = store::second_factor::find_step(&app.store, &step, app.now()).await?;
    let person = person.ok_or(Refused::Over)?;
    let begun = app
        .guessing
        .begin(Some(&person.name), address, false, app.now())
        .map_err(Refused::TooOften)?;
    let session = NewSession::from(app, address);
    let finished = match proof(app, &person, typed.expose_secret().trim()).await? {
        Some(proof) => store::second_factor::finish(&app.store, &step, &proof, &session.beginning).await?,
        None => Finished::Refused,
    };
    match finished {
        Finished::In => {
            app.guessing.forgive(&begun);
            Ok(session)
        }
        Finished::Gone => Err(Refused::Over),
        Finished::Refused => {
            let from = address.text();
            store::person::refused(&app.store, &person, from.as_deref(), app.now()).await?;
            Err(Refused::WrongCode)
        }
    }
}

/// What was typed, as far as it may be a proof.
async fn proof(app: &App, person: &Person, typed: &str) -> Result<Option<Proof>, Problem> {
    let is_code = typed
        .chars()
        .all(|letter| letter.is_ascii_digit() || letter == ' ')
        && typed.len() < 12;
    if !is_code {
        return Ok(Some(Proof::RecoveryCode(recovery_codes::hash(typed))));
    }
    let Some(kept) = store::second_factor::find(&app.store, person.id).await? else {
        return Ok(None);
    };
    let secret = keep::decrypted(app, (person.organization_id, person.id), &kept).await?;
    let typed = typed.replace(' ', "");
    let step = codes::step_of(&secret, &typed, app.now()).filter(|step| *step > kept.last_step);
    Ok(step.map(Proof::Code))
}
