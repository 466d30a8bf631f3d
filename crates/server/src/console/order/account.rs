//! The fields of the orders about an account that exists.

use maud::{Markup, html};

use super::draft::name;
use super::page::{ACCOUNTS, Form};
use super::service_account::confirmation;
use crate::console::components::{Field, Takes, TickBox};

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

fn target(form: &Form<'_>) -> Markup {
    Field {
        name: name::TARGET,
        label: "Username",
        value: &form.draft.target,
        takes: Takes::Username,
        hint: Some(html! { "An account that exists on this Mac." }),
        error: form.error(name::TARGET),
        list: Some(ACCOUNTS),
        required: true,
    }
    .render()
}
