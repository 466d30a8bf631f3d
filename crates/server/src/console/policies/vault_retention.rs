//! The policy "vault retention": its part of the page, and what its form sends.

use axum::extract::State;
use axum::response::Redirect;
use maud::{Markup, html};
use trust::access::Permission;
use trust::escrow::Retention;

use crate::app::{App, SharedApp};
use crate::console::Visitor;
use crate::console::components::{allowed, moment, stamp};
use crate::console::own_form::{OwnForm, REASON, fresh_key};
use crate::input::RETENTION;
use crate::policies::days::set;
use crate::policies::vault_retention::show::VaultRetentionPolicy;
use crate::problem::Problem;

const DAYS: &str = "days";

/// For how long what is kept of a forgotten Mac stays, and the form that changes it.
pub(super) fn panel(app: &App, policy: &VaultRetentionPolicy, visitor: &Visitor) -> Markup {
    html! {
        section.panel aria-labelledby="vault-retention" {
            h2 id="vault-retention" { "Forgotten Macs" }
            p {
                "What the vault keeps of a Mac that somebody has forgotten stays for so many days. Then its secrets are destroyed, and the "
                "history says so. " a href="/vault" { "What is kept without a Mac" } "."
            }
            @if let Some(at) = policy.changed_at { p.hint { "Since " (moment(at)) "." } }
            (allowed(visitor, Permission::SetPolicies, form(app, policy, visitor)))
        }
    }
}

fn form(app: &App, policy: &VaultRetentionPolicy, visitor: &Visitor) -> Markup {
    html! {
        form method="post" action="/policies/vault-retention" {
            (stamp(visitor, &fresh_key(app)))
            div.field {
                label for="retention-days" { "Keep for so many days" }
                input id="retention-days" type="number" min=(Retention::FEWEST_DAYS) max=(Retention::MOST_DAYS) name=(DAYS)
                    value=(policy.days.days());
            }
            div.field {
                label for="vault-retention-reason" { "Reason (optional)" }
                input id="vault-retention-reason" name=(REASON) maxlength="500" autocomplete="off";
            }
            p.buttons { button type="submit" { "Save for how long" } }
        }
    }
}

/// Takes the form in, and leads back to the page. It holds for Macs that were forgotten before, too.
pub(crate) async fn set_vault_retention(
    State(app): State<SharedApp>,
    form: OwnForm,
) -> Result<Redirect, Problem> {
    let refusal = || Problem::invalid(DAYS, RETENTION.says);
    let days: u16 = form.form.text(DAYS).trim().parse().map_err(|_| refusal())?;
    let retention = Retention::of_days(days).map_err(|_| refusal())?;
    let reason = form.reason()?;
    let key = form.key()?;
    set(&app, &form.visitor.caller, &key, retention, reason.as_deref()).await?;
    Ok(Redirect::to(super::SAVED))
}
