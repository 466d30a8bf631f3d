//! The form of a policy that is a number of days.

use std::ops::RangeInclusive;

use axum::response::Redirect;
use maud::{Markup, html};
use serde::Serialize;
use store::days_policy::DaysPolicy;
use trust::access::Permission;

use crate::app::App;
use crate::console::Visitor;
use crate::console::components::{allowed, stamp};
use crate::console::own_form::{OwnForm, REASON, fresh_key};
use crate::input::{LONGEST_REASON, Rule};
use crate::policies::days::set;
use crate::problem::Problem;

/// What tells one such form from another.
pub(super) struct DaysForm {
    /// The policy, as addresses name it.
    pub policy: &'static str,
    /// The field with the days.
    pub name: &'static str,
    /// What the field asks.
    pub label: &'static str,
    /// From the fewest days to the most.
    pub range: RangeInclusive<u16>,
    /// What stands on the button.
    pub button: &'static str,
}

impl DaysForm {
    /// The form with so many days filled in, for whoever may send it.
    pub(super) fn render(&self, app: &App, visitor: &Visitor, days: impl DaysPolicy) -> Markup {
        let days: u16 = days.into();
        let field = format!("{}-days", self.policy);
        let reason = format!("{}-reason", self.policy);
        let form = html! {
            form method="post" action={ "/policies/" (self.policy) } {
                (stamp(visitor, &fresh_key(app)))
                div.field {
                    label for=(field) { (self.label) }
                    input id=(field) type="number" min=(self.range.start()) max=(self.range.end()) name=(self.name) value=(days);
                }
                div.field {
                    label for=(reason) { "Reason (optional)" }
                    input id=(reason) name=(REASON) maxlength=(LONGEST_REASON) autocomplete="off";
                }
                p.buttons { button type="submit" { (self.button) } }
            }
        };
        allowed(visitor, Permission::SetPolicies, form)
    }

    /// Takes the form in, and leads back to the page.
    pub(super) async fn take<D: DaysPolicy + Serialize>(
        &self,
        app: &App,
        form: &OwnForm,
        rule: &Rule<D>,
    ) -> Result<Redirect, Problem> {
        let days = form.form.text(self.name).trim().parse().ok();
        let days = days.and_then(|days: u16| D::try_from(days).ok());
        let days = days.ok_or_else(|| Problem::invalid(self.name, rule.says))?;
        let reason = form.reason()?;
        set(app, &form.visitor.caller, &form.key()?, days, reason.as_deref()).await?;
        Ok(Redirect::to(super::SAVED))
    }
}
