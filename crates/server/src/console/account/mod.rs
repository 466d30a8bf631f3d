//! Your account: the reader's own password, second factor and sessions.

mod page;
mod password;
mod second_factor;
mod sessions;

pub(crate) use page::show_account;
pub(crate) use password::change_password;
pub(crate) use second_factor::{
    begin_second_factor, confirm_second_factor, remove_second_factor, show_second_factor,
};
pub(crate) use sessions::end_own_session;

use secrecy::SecretString;
use store::person::Person;
use trust::code::Code;

use super::Visitor;
use super::own_form::OwnForm;
use crate::app::App;
use crate::problem::Problem;
use crate::sign_in::{Address, Refused, is_own_password};

/// Where the page is.
pub(super) const ADDRESS: &str = "/account";

/// Where on it the second factor stands.
pub(super) const SECOND_FACTOR: &str = "/account#second-factor";

/// The field with the password that the reader has now.
const CURRENT: &str = "current_password";

/// The person who reads; `None` for whoever came by a link of the server's operator, or by an API token.
async fn reader(app: &App, visitor: &Visitor) -> Result<Option<Person>, Problem> {
    match visitor.caller.person_id {
        Some(id) => Ok(store::person::find(&app.store, visitor.caller.organization_id, id).await?),
        None => Ok(None),
    }
}

/// The same for a form: who is nobody has nothing to change.
async fn sender(app: &App, form: &OwnForm) -> Result<Person, Problem> {
    let person = reader(app, &form.visitor).await?;
    person.ok_or_else(Problem::not_found)
}

/// The hash of the sender's password, when it was typed right; else what to say of it.
async fn typed_own(
    app: &App,
    address: Address,
    person: &Person,
    form: &OwnForm,
) -> Result<Result<String, String>, Problem> {
    let typed = form.form.secret(CURRENT).ok().flatten();
    let typed = typed.unwrap_or_else(|| SecretString::from(""));
    match is_own_password(app, address, person, typed).await {
        Ok(hash) => Ok(Ok(hash)),
        Err(Refused::Problem(problem)) => Err(problem),
        Err(Refused::TooOften(until)) => Ok(Err(format!(
            "{}. The next may be tried at {}.",
            Code::SignInTooOften.entry().title,
            until.utc()
        ))),
        Err(_) => Ok(Err("This is not your password.".to_owned())),
    }
}
