//! The fields of the orders about an account that exists.

use maud::{Markup, html};
use trust::action::SecretRole;

use super::draft::name;
use super::grant::{administrator, password, target_account};
use super::page::Form;
use super::service_account::confirmation;
use crate::console::components::TickBox;

/// The account.
pub(super) fn fields(form: &Form<'_>) -> Markup {
    html! {
        fieldset {
            legend { h2 { "Target account details" } }
            (target(form))
        }
    }
}

/// The account, and the Mac's name where the chain would be cut.
pub(super) fn guarded_fields(form: &Form<'_>) -> Markup {
    html! {
        (fields(form))
        (confirmation(form, "Needed only where the plan says that the chain would be cut: type "))
    }
}

/// The same, and what becomes of its home.
pub(super) fn delete_fields(form: &Form<'_>) -> Markup {
    html! {
        fieldset {
            legend { h2 { "Target account details" } }
            (target(form))
            (TickBox {
                name: name::REMOVE_HOME,
                label: "Delete its home folder too",
                hint: "Everything in it is gone then. Without this the folder stays on the Mac.",
                ticked: form.draft.remove_home,
                error: None,
            }.render())
        }
        (confirmation(form, "Needed only where the plan says that the chain would be cut: type "))
    }
}

/// The account with the password that it has, and the one that it is to have.
pub(super) fn change_password_fields(form: &Form<'_>) -> Markup {
    html! {
        fieldset {
            legend { h2 { "Target account details" } }
            (target(form))
            (password(form, SecretRole::Target, true))
        }
        (new_password(form))
    }
}

/// By whose authority, the account, and the password that it is to have.
pub(super) fn reset_password_fields(form: &Form<'_>) -> Markup {
    html! {
        fieldset {
            legend { h2 { "Administrator account details" } }
            p.hint { "Another account: an administrator of this Mac who holds a Secure Token." }
            (administrator(form, true))
        }
        (fields(form))
        (new_password(form))
    }
}

fn new_password(form: &Form<'_>) -> Markup {
    html! {
        fieldset {
            legend { h2 { "New password" } }
            p.hint { "It is held against the Mac's rules before anything is touched. The login keychain keeps the old one." }
            (password(form, SecretRole::NewPassword, true))
        }
    }
}

fn target(form: &Form<'_>) -> Markup {
    target_account(form, Some(html! { "An account that exists on this Mac." }))
}
