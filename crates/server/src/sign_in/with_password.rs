//! Somebody gives a name and a password.

use secrecy::SecretString;
use trust::access::PersonName;
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

/// Begins a session of the person of this name, when the password is right. Whether the name or the password is wrong is
/// neither told nor to be measured.
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
    let is_spared = match &found {
        Some((person, _)) => store::person::is_last_owner(&app.store, person).await?,
        None => false,
    };
    let begun = app
        .guessing
        .begin(name.as_ref(), address, is_spared, app.now())
        .map_err(Refused::TooOften)?;
    let (person, hash) = found.map_or((None, None), |(person, hash)| (Some(person), hash));
    let is_right = app.passwords.is_right(password, hash).await?;
    let Some(person) = person else {
        tracing::info!("sign-in refused: nobody has the name");
        return Err(Refused::Wrong);
    };
    if !is_right {
        let from = address.text();
        store::person::refused(&app.store, &person, from.as_deref(), app.now()).await?;
        return Err(Refused::Wrong);
    }
    app.guessing.forgive(&begun);
    let session = NewSession::from(app, address);
    store::person::sign_in(&app.store, &person, &session.beginning).await?;
    Ok(session)
}
