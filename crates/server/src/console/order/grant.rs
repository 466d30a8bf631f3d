//! The fields of Grant Secure Token.

use maud::{Markup, html};
use trust::action::SecretRole;

use super::choice::ChoiceFields;
use super::draft::{name, typed_password};
use super::page::{ACCOUNTS, Form, GRANTERS};
use super::password_from::password_from;
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
            (target(form))
        }
    }
}

/// The credentials of an account that exists.
pub(super) fn target(form: &Form<'_>) -> Markup {
    html! {
        (target_account(form, None))
        (password(form, SecretRole::Target, true))
    }
}

/// An account that exists.
pub(super) fn target_account(form: &Form<'_>, hint: Option<Markup>) -> Markup {
    let fields = ChoiceFields {
        by: &form.draft.target_by,
        text: &form.draft.target,
        hint,
        error: form.error(name::TARGET),
        list: Some(ACCOUNTS),
    };
    fields.render()
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
        (password(form, SecretRole::Administrator, required))
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

/// A password, typed or by a wildcard. What was typed before is never shown again.
pub(super) fn password(form: &Form<'_>, role: SecretRole, required: bool) -> Markup {
    let from = form.draft.password_from(role);
    let error = form.error(password_from(role));
    html! {
        (Field {
            name: typed_password(role),
            label: "Password",
            value: "",
            takes: Takes::Password,
            hint: None,
            error: form.error(typed_password(role)),
            list: None,
            required: required && from.is_empty(),
        }.render())
        details.more open[!from.is_empty() || error.is_some()] {
            summary { "Or by a wildcard" }
            (Field {
                name: password_from(role),
                label: "Password by wildcard",
                value: from,
                takes: Takes::Username,
                hint: Some(html! { code { "%password%" } " takes what was collected for this Mac." }),
                error,
                list: None,
                required: false,
            }.render())
        }
    }
}
