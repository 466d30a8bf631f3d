//! The policy "recovery key": its part of the page, and what its form sends.

use axum::extract::State;
use axum::response::Redirect;
use maud::{Markup, html};
use trust::escrow::Schedule;

use super::days::DaysForm;
use super::panel::Panel;
use crate::app::{App, SharedApp};
use crate::console::Visitor;
use crate::console::own_form::OwnForm;
use crate::input::SCHEDULE;
use crate::policies::recovery_key::show::RecoveryKeyPolicy;
use crate::problem::Problem;

const FORM: DaysForm = DaysForm {
    policy: "recovery-key",
    name: "rotate_every_days",
    label: "Replace each recovery key after so many days; 0 for never",
    range: 0..=Schedule::LONGEST_DAYS,
    button: "Save how often",
};

/// How often Macs get another recovery key, and the form that changes it.
pub(super) fn panel(app: &App, policy: &RecoveryKeyPolicy, visitor: &Visitor) -> Markup {
    let panel = Panel {
        id: "recovery-key",
        heading: "Recovery keys",
        badge: None,
        meaning: html! {
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
        },
        changed_at: policy.changed_at,
        rest: FORM.render(app, visitor, policy.rotate_every_days),
    };
    panel.render()
}

/// Takes the form in, and leads back to the page.
pub(crate) async fn set_recovery_key(
    State(app): State<SharedApp>,
    form: OwnForm,
) -> Result<Redirect, Problem> {
    FORM.take(&app, &form, &SCHEDULE).await
}
