//! The policy "needs attention": its part of the page, and what its form sends.

use axum::extract::State;
use axum::response::Redirect;
use maud::{Markup, html};
use trust::access::Permission;
use trust::attention::Grace;

use crate::app::{App, SharedApp};
use crate::console::Visitor;
use crate::console::components::{allowed, moment, stamp};
use crate::console::own_form::{OwnForm, REASON, fresh_key};
use crate::policies::days::set;
use crate::policies::needs_attention::show::NeedsAttentionPolicy;
use crate::problem::Problem;

const DAYS: &str = "needs_attention_after_days";

/// For how long new Macs are left in peace, and the form that changes it.
pub(super) fn panel(app: &App, policy: &NeedsAttentionPolicy, visitor: &Visitor) -> Markup {
    html! {
        section.panel aria-labelledby="needs-attention" {
            h2 id="needs-attention" { "Needs Attention" }
            p {
                "A new Mac comes into order by its first restart and logins. Until then it does not stand under "
                a href="/needs-attention" { "Needs Attention" } "."
            }
            @if let Some(at) = policy.changed_at { p.hint { "Since " (moment(at)) "." } }
            (allowed(visitor, Permission::SetPolicies, form(app, policy, visitor)))
        }
    }
}

fn form(app: &App, policy: &NeedsAttentionPolicy, visitor: &Visitor) -> Markup {
    html! {
        form method="post" action="/policies/needs-attention" {
            (stamp(visitor, &fresh_key(app)))
            div.field {
                label for="needs-attention-days" { "A Mac stands there when it enrolled more than so many days ago" }
                input id="needs-attention-days" type="number" min="0" max=(Grace::LONGEST_DAYS) name=(DAYS)
                    value=(policy.needs_attention_after_days.days());
            }
            div.field {
                label for="needs-attention-reason" { "Reason (optional)" }
                input id="needs-attention-reason" name=(REASON) maxlength="500" autocomplete="off";
            }
            p.buttons { button type="submit" { "Save the days" } }
        }
    }
}

/// Takes the form in, and leads back to the page.
pub(crate) async fn set_needs_attention(
    State(app): State<SharedApp>,
    form: OwnForm,
) -> Result<Redirect, Problem> {
    let refusal = || Problem::invalid(DAYS, "is a whole number from 0 to 365");
    let days: u16 = form.form.text(DAYS).trim().parse().map_err(|_| refusal())?;
    let grace = Grace::of_days(days).map_err(|_| refusal())?;
    let reason = form.reason()?;
    set(&app, &form.visitor.caller, &form.key()?, grace, reason.as_deref()).await?;
    Ok(Redirect::to(super::SAVED))
}
