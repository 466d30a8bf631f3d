//! The fields of Create User Account.

use maud::{Markup, html};
use trust::action::{AccountRole, SecretRole};

use super::draft::name;
use super::grant::{administrator, password};
use super::page::Form;
use crate::console::components::{Choice, Field, Takes, TickBox};

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
            (password(form, SecretRole::Target, true))
            (Choice {
                name: name::ROLE,
                label: "Role",
                options: vec![
                    (AccountRole::Standard.word(), "Standard"),
                    (AccountRole::Administrator.word(), "Administrator"),
                ],
                chosen: form.draft.role().word(),
            }.render())
            (TickBox {
                name: name::HIDDEN,
                label: "Hide the account at the login window",
                hint: "The start-up screen of FileVault shows it all the same.",
                ticked: form.draft.hidden,
                error: None,
            }.render())
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
