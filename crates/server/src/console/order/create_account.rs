//! The fields of Create User Account.

use maud::{Markup, html};
use trust::action::AccountRole;

use super::draft::{name, role_word};
use super::field::{Field, Takes, tick_box};
use super::grant::{administrator, password};
use super::page::Form;

/// The new account, and who gives it a token.
pub(super) fn fields(form: &Form<'_>) -> Markup {
    html! {
        fieldset {
            legend { h2 { "Target account details" } }
            p.hint { "The account that is made." }
            (Field {
                name: name::FULL_NAME,
                label: "Full name",
                value: &form.draft.full_name,
                takes: Takes::Text,
                hint: None,
                error: form.error(name::FULL_NAME),
                list: None,
                required: true,
            }.render())
            (Field {
                name: name::TARGET,
                label: "Username",
                value: &form.draft.target,
                takes: Takes::Username,
                hint: Some(html! { "The account name, also the name of its home folder." }),
                error: form.error(name::TARGET),
                list: None,
                required: true,
            }.render())
            (password(form, name::TARGET_PASSWORD, true))
            div.field {
                label for=(name::ROLE) { "Role" }
                select id=(name::ROLE) name=(name::ROLE) {
                    (role(form, AccountRole::Standard, "Standard"))
                    (role(form, AccountRole::Administrator, "Administrator"))
                }
            }
            (tick_box(
                name::HIDDEN,
                form.draft.hidden,
                "Hide the account at the login window",
                "The start-up screen of FileVault shows it all the same.",
            ))
        }
        fieldset {
            legend { h2 { "Grant Secure Token" } }
            p.hint {
                "With an administrator who holds a Secure Token the new account receives one at once. "
                "Leave both empty to make the account without a token."
            }
            h3 { "Administrator account details" }
            (administrator(form, false))
        }
    }
}

fn role(form: &Form<'_>, role: AccountRole, label: &str) -> Markup {
    html! {
        option value=(role_word(role)) selected[form.draft.role() == role] { (label) }
    }
}
