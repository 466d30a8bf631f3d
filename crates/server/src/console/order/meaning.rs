//! What the wildcards of a form, and a choice of an account, mean on its Mac.

use std::borrow::Cow;

use maud::{Markup, html};
use trust::action::{Action, SecretRole};
use trust::enrolment::SerialNumber;
use trust::name::AccountName;
use trust::wildcard::is_template;

use super::choice::words;
use super::page::Form;
use crate::console::components::moment;
use crate::console::enrolment::address;
use crate::devices::plan::Planned;

/// What stands in the place of each wildcard, once all of them have a value.
pub(super) fn meaning(form: &Form<'_>, planned: &Planned) -> Markup {
    let names = names(form, &planned.action);
    let heading = match form.draft.target_by.is_empty() {
        true => "What the wildcards mean here",
        false => "What this means here",
    };
    html! {
        @if !names.is_empty() || !planned.collected.is_empty() {
            h3 { (heading) }
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
    // Enrolment data tells nothing of an account that was chosen otherwise.
    let is_named = form.draft.target_by.is_empty();
    let heading = match is_named {
        true => "A wildcard has no meaning on this Mac.",
        false => "Which account is meant cannot be told on this Mac.",
    };
    html! {
        @if !form.unresolved.is_empty() {
            div.notice.bad {
                p { strong { (heading) } }
                @for sentence in form.unresolved.values() { p { (sentence) } }
                @if let (true, Ok(serial_number)) = (is_named, &serial_number) {
                    p { a href=(address(serial_number)) { "Open the enrolment record" } }
                }
            }
        }
    }
}

/// The names that hold wildcards or are chosen otherwise: their label, what was filled in, and what it stands for.
fn names<'a>(form: &'a Form<'_>, action: &'a Action) -> Vec<(&'static str, Cow<'a, str>, &'a str)> {
    let full_name = match action {
        Action::CreateAccount(create) => Some(create.full_name.as_str()),
        _ => None,
    };
    let draft = form.draft;
    let template = |text: &'a String| is_template(text).then_some(Cow::Borrowed(text.as_str()));
    let target = words(&draft.target_by, &draft.target).or_else(|| template(&draft.target));
    let names = [
        (
            "Administrator",
            template(&draft.administrator),
            action.administrator().map(AccountName::as_str),
        ),
        ("Full name", template(&draft.full_name), full_name),
        ("Target account", target, action.target().map(AccountName::as_str)),
    ];
    let told = |(label, asked, value): (&'static str, Option<Cow<'a, str>>, Option<&'a str>)| {
        Some((label, asked?, value?))
    };
    names.into_iter().filter_map(told).collect()
}

fn password_of(role: SecretRole) -> &'static str {
    match role {
        SecretRole::Administrator => "Administrator's password",
        SecretRole::Target => "Target account's password",
        SecretRole::NewPassword => "New password",
    }
}
