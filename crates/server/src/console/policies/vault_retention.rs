//! The policy "vault retention": its part of the page, and what its form sends.

use axum::extract::State;
use axum::response::Redirect;
use maud::{Markup, html};
use trust::escrow::Retention;

use super::days::DaysForm;
use super::panel::Panel;
use crate::app::{App, SharedApp};
use crate::console::Visitor;
use crate::console::own_form::OwnForm;
use crate::input::RETENTION;
use crate::policies::vault_retention::show::VaultRetentionPolicy;
use crate::problem::Problem;

const FORM: DaysForm = DaysForm {
    policy: "vault-retention",
    name: "days",
    label: "Keep for so many days",
    range: Retention::FEWEST_DAYS..=Retention::MOST_DAYS,
    button: "Save for how long",
};

/// For how long what is kept of a forgotten Mac stays, and the form that changes it.
pub(super) fn panel(app: &App, policy: &VaultRetentionPolicy, visitor: &Visitor) -> Markup {
    let panel = Panel {
        id: "vault-retention",
        heading: "Forgotten Macs",
        badge: None,
        meaning: html! {
            p {
                "What the vault keeps of a Mac that somebody has forgotten stays for so many days. Then its secrets are destroyed, and the "
                "history says so. " a href="/vault" { "What is kept without a Mac" } "."
            }
        },
        changed_at: policy.changed_at,
        rest: FORM.render(app, visitor, policy.days),
    };
    panel.render()
}

/// Takes the form in, and leads back to the page. It holds for Macs that were forgotten before, too.
pub(crate) async fn set_vault_retention(
    State(app): State<SharedApp>,
    form: OwnForm,
) -> Result<Redirect, Problem> {
    FORM.take(&app, &form, &RETENTION).await
}
