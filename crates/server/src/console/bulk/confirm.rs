//! The confirmation of a plan: passwords that no wildcard stands for, and how many Macs are meant, typed.

use std::collections::BTreeMap;

use maud::{Markup, html};
use trust::action::SecretRole;

use super::plan::{KEPT, Planned};
use super::plan_page::PlanPage;
use super::{ADDRESS, FORM};
use crate::console::components::{Errors, Fact, Field, Takes, facts, moment, read_moment, stamp};
use crate::console::order::draft::{name as order_name, typed_password};
use crate::input::SecretForm;
use crate::sealing::Given;

/// The field with the number of Macs that are meant.
const TYPED: &str = "typed";

/// The field with the number that the plan showed.
pub(super) const READY: &str = "ready";

/// The fields in the order in which the form has them.
pub(super) const FIELDS: [&str; 3] = [
    order_name::ADMINISTRATOR_PASSWORD,
    order_name::TARGET_PASSWORD,
    TYPED,
];

/// The part of the plan's page that begins the run.
pub(super) fn confirmation(page: &PlanPage<'_>) -> Markup {
    let ready = page.planned.ready();
    html! {
        section.plan aria-labelledby="confirm" {
            h2 #confirm { "Confirm" }
            @if ready == 0 {
                p { strong { "Nothing can be sent: " } "no Mac is ready." }
                p.buttons { a.button-like href=(page.draft.address(FORM, &[])) { "Change" } }
            } @else {
                (form(page, ready))
            }
        }
    }
}

fn form(page: &PlanPage<'_>, ready: u64) -> Markup {
    let macs = macs(ready);
    let error = |name: &str| page.errors.get(name).map(String::as_str);
    html! {
        p {
            "Each of the " (macs) " that are ready gets its action, the others get none. When more are ready by the time "
            "their passwords are sealed, the run stops before the first and asks you."
        }
        (terms(page))
        form novalidate method="post" action=(ADDRESS) {
            (stamp(page.visitor, page.key))
            @for (name, value) in page.draft.pairs() { input type="hidden" name=(name) value=(value); }
            input type="hidden" name=(READY) value=(ready);
            input type="hidden" name=(KEPT) value=(page.planned.view.id);
            @for role in &page.planned.typed {
                (Field {
                    name: typed_password(*role),
                    label: password_label(*role),
                    value: "",
                    takes: Takes::Password,
                    hint: Some(html! { "The same for every Mac. It is sealed to each of them and never kept." }),
                    error: error(typed_password(*role)),
                    list: None,
                    required: true,
                }.render())
            }
            (Field {
                name: TYPED,
                label: "How many Macs are meant",
                value: "",
                takes: Takes::Number,
                hint: Some(html! { "Type " strong { (ready) } " to ask this of " (macs) "." }),
                error: error(TYPED),
                list: None,
                required: true,
            }.render())
            p.buttons {
                button.primary type="submit" { "Begin" }
                a.button-like href=(page.draft.address(FORM, &[])) { "Change" }
            }
        }
    }
}

fn terms(page: &PlanPage<'_>) -> Markup {
    let draft = page.draft;
    let unit = if draft.canary_is_share { " %" } else { "" };
    let mut terms = vec![
        Fact::new("Go first", format!("{}{unit}", draft.canary)),
        Fact::new("Stop at failures", format!("{} %", draft.stop_at)),
        Fact::new("At a time", &draft.in_flight),
    ];
    for (name, text) in [
        ("Not before", &draft.order.not_before),
        ("Not after", &draft.not_after),
    ] {
        let typed = read_moment(text).ok().flatten();
        terms.extend(typed.map(|at| Fact::new(name, moment(at))));
    }
    facts(&terms)
}

fn macs(count: u64) -> String {
    format!("{count} {}", if count == 1 { "Mac" } else { "Macs" })
}

pub(super) fn password_label(role: SecretRole) -> &'static str {
    match role {
        SecretRole::Administrator => "Administrator's password",
        SecretRole::Target => "Target account's password",
        SecretRole::NewPassword => "New password",
    }
}

/// The passwords that were typed, when everything is confirmed; otherwise what is wrong.
pub(super) fn confirmed(form: &SecretForm, planned: &Planned) -> Result<BTreeMap<SecretRole, Given>, Errors> {
    let mut errors = Errors::new();
    let mut secrets = BTreeMap::new();
    for role in &planned.typed {
        match form.secret(typed_password(*role)) {
            Ok(Some(typed)) => {
                secrets.insert(*role, Given::Password(typed));
            }
            Ok(None) => {
                let sentence = format!("Enter the {}.", password_label(*role).to_lowercase());
                errors.insert(typed_password(*role), sentence);
            }
            Err(rule) => {
                errors.insert(
                    typed_password(*role),
                    format!("{} {rule}.", password_label(*role)),
                );
            }
        }
    }
    let ready = planned.ready().to_string();
    if form.text(READY) != ready {
        let sentence =
            format!("The plan has changed: now {ready} are ready. Look at it again, then type the number.");
        errors.insert(TYPED, sentence);
    } else if form.text(TYPED) != ready {
        errors.insert(TYPED, format!("Type {ready}: so many Macs are meant."));
    }
    if errors.is_empty() {
        Ok(secrets)
    } else {
        Err(errors)
    }
}
