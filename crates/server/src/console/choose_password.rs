//! The form in which somebody chooses a password: at the first start, and when invited.

use maud::{Markup, html};
use secrecy::{ExposeSecret as _, SecretString};
use trust::access::{PersonName, check_password};

use super::components::{Errors, Field, Takes, error_summary};
use crate::input::SecretForm;

/// The field with the name.
pub(super) const NAME: &str = "name";
/// The field with the password.
pub(super) const PASSWORD: &str = "password";
const PASSWORD_AGAIN: &str = "password_again";

/// The fields.
pub(super) struct ChoosePassword<'a> {
    /// The name that was typed, where one is to be chosen as well.
    pub name: Option<&'a str>,
    /// What is wrong.
    pub errors: Errors,
}

impl ChoosePassword<'_> {
    /// The fields, and above them what is wrong.
    pub(super) fn render(&self) -> Markup {
        let field = |name, label, value, takes, hint| Field {
            name,
            label,
            value,
            takes,
            hint,
            error: self.errors.get(name).map(String::as_str),
            list: None,
            required: true,
        };
        let long =
            html! { "At least 12 characters. A short sentence is easy to remember and hard to guess." };
        html! {
            (error_summary("Nothing was changed.", &self.errors, &[NAME, PASSWORD, PASSWORD_AGAIN]))
            @if let Some(name) = self.name {
                (field(NAME, "Your name", name, Takes::SignInName, Some(html! {
                    "You sign in with it, and it stands in the audit log: letters a to z, digits and . _ - + @, as in an e-mail address."
                })).render())
            }
            (field(PASSWORD, "Your password", "", Takes::Password, Some(long)).render())
            (field(PASSWORD_AGAIN, "Your password, again", "", Takes::Password, None).render())
        }
    }
}

/// The password that was chosen for this name, or what is wrong with it.
pub(super) fn read_password(form: &SecretForm, name: &PersonName) -> Result<SecretString, Errors> {
    let refuse = |field: &'static str, error: String| Errors::from([(field, error)]);
    let typed = match form.secret(PASSWORD) {
        Ok(Some(typed)) => typed,
        Ok(None) => return Err(refuse(PASSWORD, "Choose a password.".to_owned())),
        Err(rule) => return Err(refuse(PASSWORD, format!("A password {rule}."))),
    };
    check_password(typed.expose_secret(), name)
        .map_err(|rule| refuse(PASSWORD, format!("The rule is that it {rule}.")))?;
    let again = form.secret(PASSWORD_AGAIN).ok().flatten();
    match again.filter(|again| again.expose_secret() == typed.expose_secret()) {
        Some(_) => Ok(typed),
        None => Err(refuse(
            PASSWORD_AGAIN,
            "The two passwords differ. Type both again.".to_owned(),
        )),
    }
}
