//! What the wildcards of a form mean on its Mac.

use maud::{Markup, html};
use trust::action::{Action, SecretRole};
use trust::enrolment::SerialNumber;
use trust::name::AccountName;
use trust::wildcard::is_template;

use super::page::Form;
use crate::console::components::moment;
use crate::console::enrolment::address;
use crate::devices::plan::Planned;

/// What stands in the place of each wildcard, once all of them have a value.
pub(super) fn meaning(form: &Form<'_>, planned: &Planned) -> Markup {
    let names = names(form, &planned.action);
    html! {
        @if !names.is_empty() || !planned.collected.is_empty() {
            h3 { "What the wildcards mean here" }
            dl.meaning {
                @for (label, template, value) in names {
                    dt { (label) " " code { (template) } }
                    dd { (value) }
                }
                @for (role, collected) in &planned.collected {
                    dt { (password_of(*role)) " " code { (collected.attribute.wildcard()) } }
                    dd { "collected on " (moment(collected.collected_at)) }
                }
            }
        }
    }
}

/// That a wildcard has no value, and where values come from.
pub(super) fn unresolved(form: &Form<'_>) -> Markup {
    let serial_number = form.device.serial_number.parse::<SerialNumber>();
    html! {
        @if !form.unresolved.is_empty() {
            div.notice.bad {
                p { strong { "A wildcard has no meaning on this Mac." } }
                @for sentence in form.unresolved.values() { p { (sentence) } }
                @if let Ok(serial_number) = &serial_number {
                    p { a href=(address(serial_number)) { "Open the enrolment record" } }
                }
            }
        }
    }
}

/// The names that hold wildcards: their label, what was filled in, and what it stands for.
fn names<'a>(form: &'a Form<'_>, action: &'a Action) -> Vec<(&'static str, &'a str, &'a str)> {
    let full_name = match action {
        Action::CreateAccount(create) => Some(create.full_name.as_str()),
        _ => None,
    };
    let draft = form.draft;
    let names = [
        (
            "Administrator",
            &draft.administrator,
            action.administrator().map(AccountName::as_str),
        ),
        ("Full name", &draft.full_name, full_name),
        (
            "Target account",
            &draft.target,
            action.target().map(AccountName::as_str),
        ),
    ];
    let is_one = |(label, template, value): (&'static str, &'a String, Option<&'a str>)| {
        let template = Some(template.as_str()).filter(|text| is_template(text))?;
        Some((label, template, value?))
    };
    names.into_iter().filter_map(is_one).collect()
}

fn password_of(role: SecretRole) -> &'static str {
    match role {
        SecretRole::Administrator => "Administrator's password",
        SecretRole::Target => "Target account's password",
        SecretRole::NewPassword => "New password",
    }
}
