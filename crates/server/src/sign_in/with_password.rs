//! Somebody gives a name and a password.

use secrecy::SecretString;
use store::person::Person;
use trust::access::{PersonName, Role};
use trust::code::Code;
use trust::time::Timestamp;

use super::{Address, NewSession};
use crate::app::App;
use crate::problem::Problem;
use crate::second_factor::begin_step;

/// Why nobody is signed in.
#[derive(Debug)]
pub(crate) enum Refused {
    /// The name or the password is not right.
    Wrong,
    /// The code is not right, or was taken before.
    WrongCode,
    /// The page of the second step can no longer be used.
    Over,
    /// Too many were wrong; the next may be tried then.
    TooOften(Timestamp),
    /// The server could not find out.
    Problem(Problem),
}

impl Refused {
    /// The code that says so.
    pub(crate) fn code(&self) -> Code {
        match self {
            Self::Wrong => Code::SignInRefused,
            Self::WrongCode => Code::SecondFactorRefused,
            Self::Over => Code::SignInStepOver,
            Self::TooOften(_) => Code::SignInTooOften,
            Self::Problem(problem) => problem.code,
        }
    }
}

impl<E: Into<Problem>> From<E> for Refused {
    fn from(error: E) -> Self {
        Self::Problem(error.into())
    }
}

/// What came of a name and a password that were right.
pub(crate) enum SignedIn {
    /// The session has begun.
    Now(NewSession),
    /// A second factor is asked for, on a page that holds this.
    SecondFactor(String),
}

/// Begins a session of the person of this name, when the password is right. The answer does not tell whether the name or the
/// password is wrong; a hash is compared either way, and for a name that somebody has an entry is written as well.
pub(crate) async fn sign_in(
    app: &App,
    address: Address,
    name: &str,
    password: SecretString,
) -> Result<SignedIn, Refused> {
    let name: Option<PersonName> = name.parse().ok();
    let found = match (&name, store::organization::first(&app.store).await?) {
        (Some(name), Some(organization)) => {
            store::person::find_by_name(&app.store, organization, name).await?
        }
        _ => None,
    };
    // Strangers must not be able to keep out those who alone can help: the owners.
    let is_spared = matches!(&found, Some((person, _)) if person.role == Role::Owner);
    let begun = app
        .guessing
        .begin(name.as_ref(), address, is_spared, app.now())
        .map_err(Refused::TooOften)?;
    let (person, hash) = found.map_or((None, None), |(person, hash)| (Some(person), hash));
    let is_right = app.passwords.is_right(password, hash.clone()).await?;
    let Some(person) = person else {
        tracing::info!("sign-in refused: nobody has the name");
        return Err(Refused::Wrong);
    };
    let (true, Some(hash)) = (is_right, hash) else {
        let from = address.text();
        store::person::refused(&app.store, &person, from.as_deref(), app.now()).await?;
        return Err(Refused::Wrong);
    };
    if person.second_factor_at.is_some() {
        let step = begin_step(app, &person, &hash).await?;
        app.guessing.forgive(&begun);
        return step.map(SignedIn::SecondFactor).ok_or(Refused::Wrong);
    }
    let session = NewSession::from(app, address);
    if !store::person::sign_in(&app.store, &person, &hash, &session.beginning).await? {
        return Err(Refused::Wrong);
    }
    app.guessing.forgive(&begun);
    Ok(SignedIn::Now(session))
}

/// The hash of a person's password, when it was typed right by whoever is signed in as that person. Wrong ones are counted as
/// those at signing in.
pub(crate) async fn is_own_password(
    app: &App,
    address: Address,
    person: &Person,
    typed: SecretString,
) -> Result<String, Refused> {
    let begun = app
        .guessing
        .begin(Some(&person.name), address, false, app.now())
        .map_err(Refused::TooOften)?;
    let found = store::person::find_by_name(&app.store, person.organization_id, &person.name).await?;
    let hash = found.and_then(|(_, hash)| hash);
    match (app.passwords.is_right(typed, hash.clone()).await?, hash) {
        (true, Some(hash)) => {
            app.guessing.forgive(&begun);
            Ok(hash)
        }
        _ => {
            let from = address.text();
            store::person::refused(&app.store, person, from.as_deref(), app.now()).await?;
            Err(Refused::Wrong)
        }
    }
}
