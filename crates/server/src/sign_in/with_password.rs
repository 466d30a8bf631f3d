//! Somebody gives a name and a password.

use secrecy::SecretString;
use trust::access::{PersonName, Role};
use trust::code::Code;
use trust::time::Timestamp;

use super::{Address, NewSession};
use crate::app::App;
use crate::problem::Problem;

/// Why nobody is signed in.
#[derive(Debug)]
pub(crate) enum Refused {
    /// The name or the password is not right.
    Wrong,
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

/// Begins a session of the person of this name, when the password is right. The answer does not tell whether the name or the
/// password is wrong; a hash is compared either way, and for a name that somebody has an entry is written as well.
pub(crate) async fn sign_in(
    app: &App,
    address: Address,
    name: &str,
    password: SecretString,
) -> Result<NewSession, Refused> {
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
    let session = NewSession::from(app, address);
    if !store::person::sign_in(&app.store, &person, &hash, &session.beginning).await? {
        return Err(Refused::Wrong);
    }
    app.guessing.forgive(&begun);
    Ok(session)
}
