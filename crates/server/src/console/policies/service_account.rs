//! The policy "service account": its part of the page, and what its form sends.

use axum::extract::State;
use axum::http::StatusCode;
use axum::response::{IntoResponse as _, Redirect, Response};
use maud::{Markup, html};
use trust::access::Permission;
use trust::name::AccountName;

use super::page::{Asked, page};
use super::panel::Panel;
use super::switch::{ENABLED, on_off};
use crate::app::{App, SharedApp};
use crate::console::Visitor;
use crate::console::components::{Choice, Errors, Field, Takes, Tone, allowed, error_summary, stamp};
use crate::console::own_form::{OwnForm, REASON, fresh_key};
use crate::input::{LONGEST_REASON, SecretForm};
use crate::policies::service_account::set::{Change, set};
use crate::policies::service_account::show::ServiceAccountPolicy;
use crate::problem::Problem;

const ROTATE: &str = "rotate_every_days";
const EXCLUDED: &str = "excluded_accounts";

/// What the form holds, and what is wrong with it.
#[derive(Debug)]
pub(super) struct Draft {
    enabled: bool,
    rotate: String,
    excluded: String,
    reason: String,
    errors: Errors,
}

impl Draft {
    /// What is wanted at present.
    pub(super) fn of(policy: &ServiceAccountPolicy) -> Self {
        let excluded: Vec<&str> = policy.excluded_accounts.iter().map(AccountName::as_str).collect();
        Self {
            enabled: policy.enabled,
            rotate: policy.rotate_every_days.to_string(),
            excluded: excluded.join(", "),
            reason: String::new(),
            errors: Errors::new(),
        }
    }

    fn read(form: &SecretForm) -> Self {
        Self {
            enabled: form.text(ENABLED) == "true",
            rotate: form.text(ROTATE),
            excluded: form.text(EXCLUDED),
            reason: form.text(REASON),
            errors: Errors::new(),
        }
    }

    /// What is to change; `None` when something is wrong, which `errors` says then.
    fn change(&mut self) -> Option<Change> {
        let days = self.rotate.parse().ok().filter(|days| (1..=365).contains(days));
        if days.is_none() {
            let sentence = "Enter a whole number of days, from 1 to 365.";
            self.errors.insert(ROTATE, sentence.to_owned());
        }
        let names = self
            .excluded
            .split(',')
            .map(str::trim)
            .filter(|name| !name.is_empty());
        let excluded: Result<Vec<AccountName>, _> = names.map(str::parse).collect();
        if excluded.is_err() {
            let sentence = "One of these cannot be a username. Enter usernames, separated by commas.";
            self.errors.insert(EXCLUDED, sentence.to_owned());
        }
        if self.reason.chars().count() > LONGEST_REASON {
            let sentence = format!("A reason has at most {LONGEST_REASON} characters. Shorten it.");
            self.errors.insert(REASON, sentence);
        }
        let change = Change {
            enabled: Some(self.enabled),
            rotate_every_days: days,
            excluded_accounts: excluded.ok(),
        };
        self.errors.is_empty().then_some(change)
    }

    /// What stands above everything when something is wrong.
    pub(super) fn summary(&self) -> Markup {
        error_summary("Nothing was saved.", &self.errors, &[ROTATE, EXCLUDED, REASON])
    }

    fn field(
        &self,
        name: &'static str,
        label: &'static str,
        value: &str,
        takes: Takes,
        hint: Option<Markup>,
    ) -> Markup {
        Field {
            name,
            label,
            value,
            takes,
            hint,
            error: self.errors.get(name).map(String::as_str),
            list: None,
            required: false,
        }
        .render()
    }

    fn form(&self, app: &App, visitor: &Visitor) -> Markup {
        let days = html! { "From 1 to 365." };
        let names = html! { "Usernames, separated by commas." };
        html! {
            form novalidate method="post" action="/policies/service-account" {
                (stamp(visitor, &fresh_key(app)))
                (Choice {
                    name: ENABLED,
                    label: "Macs have a service account",
                    options: vec![("true", "yes"), ("false", "no")],
                    chosen: if self.enabled { "true" } else { "false" },
                }.render())
                (self.field(ROTATE, "New password after so many days", &self.rotate, Takes::Number, Some(days)))
                (self.field(EXCLUDED, "Accounts that never get a token by themselves", &self.excluded, Takes::Username, Some(names)))
                (self.field(REASON, "Reason (optional)", &self.reason, Takes::Text, None))
                p.buttons { button type="submit" { "Save" } }
            }
        }
    }
}

/// What is wanted, and the form that changes it.
pub(super) fn panel(app: &App, policy: &ServiceAccountPolicy, draft: &Draft, visitor: &Visitor) -> Markup {
    let panel = Panel {
        id: "service-account",
        heading: "Service account",
        badge: Some(on_off(policy.enabled, Tone::Good)),
        meaning: html! {
            p {
                "While this is on, each Mac keeps a hidden account that hands a Secure Token to whoever logs in without one. It is "
                "made at the first login of a holder, and its password never leaves the Mac. A single Mac is excluded on its page."
            }
        },
        changed_at: policy.changed_at,
        rest: html! {
            @if policy.refreshing { p.hint { "Macs are still being looked at by it." } }
            (allowed(visitor, Permission::SetPolicies, draft.form(app, visitor)))
        },
    };
    panel.render()
}

/// Takes the form in, and leads back to the page. What cannot be saved comes back with what is wrong.
pub(crate) async fn set_service_account(
    State(app): State<SharedApp>,
    form: OwnForm,
) -> Result<Response, Problem> {
    let mut draft = Draft::read(&form.form);
    let key = form.key()?;
    if let Some(change) = draft.change() {
        let reason = Some(draft.reason.as_str()).filter(|reason| !reason.is_empty());
        match set(&app, &form.visitor.caller, &key, change, reason).await {
            Ok(()) => return Ok(Redirect::to(super::SAVED).into_response()),
            Err(problem) => {
                let rule = problem.broken_rule_of(EXCLUDED).ok_or(problem)?;
                draft
                    .errors
                    .insert(EXCLUDED, format!("The rule is that they {rule}."));
            }
        }
    }
    let page = page(&app, &form.visitor, Asked::default(), Some(draft)).await?;
    Ok((StatusCode::UNPROCESSABLE_ENTITY, page).into_response())
}
