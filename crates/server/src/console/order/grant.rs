//! The fields of Grant Secure Token.

use maud::{Markup, html};

use super::draft::name;
use super::page::{ACCOUNTS, Form, GRANTERS};
use crate::console::components::{Field, Takes, TickBox};

/// Who hands on, and who receives.
pub(super) fn fields(form: &Form<'_>) -> Markup {
    html! {
        fieldset {
            legend { h2 { "Administrator account details" } }
            p.hint { "An administrator of this Mac who holds a Secure Token and hands one on." }
            (administrator(form, true))
        }
        fieldset {
            legend { h2 { "Target account details" } }
            p.hint { "The account that is to receive a Secure Token." }
            (Field {
                name: name::TARGET,
                label: "Username",
                value: &form.draft.target,
                takes: Takes::Username,
                hint: None,
                error: form.error(name::TARGET),
                list: Some(ACCOUNTS),
                required: true,
            }.render())
            (password(form, name::TARGET_PASSWORD, true))
        }
    }
}

/// The granter's credentials.
pub(super) fn administrator(form: &Form<'_>, required: bool) -> Markup {
    html! {
        (Field {
            name: name::ADMINISTRATOR,
            label: "Username",
            value: &form.draft.administrator,
            takes: Takes::Username,
            hint: None,
            error: form.error(name::ADMINISTRATOR),
            list: Some(GRANTERS),
            required,
        }.render())
        (password(form, name::ADMINISTRATOR_PASSWORD, required))
        @if form.offers_promotion() {
            (TickBox {
                name: name::PROMOTE,
                label: "Make a standard account an administrator for the moment of the grant",
                hint: "Its rights are taken away right after, and Bestow proves that they are gone.",
                ticked: form.draft.promote_administrator,
                error: None,
            }.render())
        }
    }
}

/// A password. What was typed before is never shown again.
pub(super) fn password(form: &Form<'_>, name: &'static str, required: bool) -> Markup {
    Field {
        name,
        label: "Password",
        value: "",
        takes: Takes::Password,
        hint: Some(html! { "Or a wildcard for what was collected, such as " code { "%password%" } "." }),
        error: form.error(name),
        list: None,
        required,
    }
    .render()
}
