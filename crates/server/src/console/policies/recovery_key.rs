//! The policy "recovery key": its part of the page, and what its form sends.

use axum::extract::State;
use axum::response::Redirect;
use maud::{Markup, html};
use trust::access::Permission;
use trust::escrow::Schedule;

use crate::app::{App, SharedApp};
use crate::console::Visitor;
use crate::console::components::{allowed, moment, stamp};
use crate::console::own_form::{OwnForm, REASON, fresh_key};
use crate::policies::days::set;
use crate::policies::recovery_key::show::RecoveryKeyPolicy;
use crate::problem::Problem;

const DAYS: &str = "rotate_every_days";

/// How often Macs get another recovery key, and the form that changes it.
pub(super) fn panel(app: &App, policy: &RecoveryKeyPolicy, visitor: &Visitor) -> Markup {
    html! {
        section.panel aria-labelledby="recovery-key" {
            h2 id="recovery-key" { "Recovery keys" }
            p {
                "A key that was shown or used is replaced by itself. Here you decide whether each key is replaced after some time, too. "
                "The agent of a Mac does it where its service account is valid."
            }
            @if app.vault.offline_key().is_some() {
                p {
                    "Keys are sealed to the organisation's offline key, so none can go back to its Mac to be tried. Only another key brings "
                    "another proof: 30 days or fewer keep each proof young."
                }
            }
            @if let Some(at) = policy.changed_at { p.hint { "Since " (moment(at)) "." } }
            (allowed(visitor, Permission::SetPolicies, form(app, policy, visitor)))
        }
    }
}

fn form(app: &App, policy: &RecoveryKeyPolicy, visitor: &Visitor) -> Markup {
    html! {
        form method="post" action="/policies/recovery-key" {
            (stamp(visitor, &fresh_key(app)))
            div.field {
                label for="rotate-every-days" { "Replace each recovery key after so many days; 0 for never" }
                input id="rotate-every-days" type="number" min="0" max=(Schedule::LONGEST_DAYS) name=(DAYS)
                    value=(policy.rotate_every_days.days());
            }
            div.field {
                label for="recovery-key-reason" { "Reason (optional)" }
                input id="recovery-key-reason" name=(REASON) maxlength="500" autocomplete="off";
            }
            p.buttons { button type="submit" { "Save how often" } }
        }
    }
}

/// Takes the form in, and leads back to the page.
pub(crate) async fn set_recovery_key(
    State(app): State<SharedApp>,
    form: OwnForm,
) -> Result<Redirect, Problem> {
    let refusal = || Problem::invalid(DAYS, "is a whole number from 0 to 365");
    let days: u16 = form.form.text(DAYS).trim().parse().map_err(|_| refusal())?;
    let schedule = Schedule::of_days(days).map_err(|_| refusal())?;
    let reason = form.reason()?;
    set(
        &app,
        &form.visitor.caller,
        &form.key()?,
        schedule,
        reason.as_deref(),
    )
    .await?;
    Ok(Redirect::to(super::SAVED))
}
