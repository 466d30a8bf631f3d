//! A first code has come from the app: the second factor is asked for from now on.

use secrecy::{ExposeSecret as _, SecretString};
use store::person::Person;

use super::{begin, codes, recovery_codes};
use crate::app::App;
use crate::problem::Problem;

/// Confirms a second factor, and answers the recovery codes, which are shown this once; `None` when the code is not right, or
/// nothing waits for one.
pub(crate) async fn confirm(
    app: &App,
    person: &Person,
    typed: &str,
) -> Result<Option<Vec<SecretString>>, Problem> {
    let Some(waiting) = begin::waiting(app, person).await? else {
        return Ok(None);
    };
    let Some(step) = codes::step_of(&waiting.secret, typed, app.now()) else {
        return Ok(None);
    };
    let fresh = recovery_codes::fresh(&app.entropy);
    let hashes: Vec<String> = fresh
        .iter()
        .map(|code| recovery_codes::hash(code.expose_secret()))
        .collect();
    let is_confirmed = store::second_factor::confirm(&app.store, person, step, &hashes, app.now()).await?;
    Ok(is_confirmed.then_some(fresh))
}
