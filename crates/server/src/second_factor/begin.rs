//! Somebody begins to set a second factor up.

use secrecy::SecretString;
use store::person::Person;

use super::{codes, keep};
use crate::app::App;
use crate::problem::Problem;

/// What an app needs, until a first code has come from it.
pub(crate) struct SetUp {
    /// The secret, in base32.
    pub secret: SecretString,
    /// The same as an app reads it from a QR code.
    pub address: SecretString,
}

/// Makes a secret for a person; false where there is a second factor already.
pub(crate) async fn begin(app: &App, person: &Person) -> Result<bool, Problem> {
    let secret = codes::fresh(&app.entropy);
    let whose = (person.organization_id, person.id);
    let new = keep::encrypted(app, whose, &secret, app.now()).await?;
    Ok(store::second_factor::begin(&app.store, &new).await?)
}

/// What waits to be confirmed; `None` where nothing was begun, or it is confirmed.
pub(crate) async fn waiting(app: &App, person: &Person) -> Result<Option<SetUp>, Problem> {
    if person.second_factor_at.is_some() {
        return Ok(None);
    }
    let Some(kept) = store::second_factor::find(&app.store, person.id).await? else {
        return Ok(None);
    };
    let secret = keep::decrypted(app, (person.organization_id, person.id), &kept).await?;
    let address = codes::address(&secret, &person.name);
    Ok(Some(SetUp { secret, address }))
}
