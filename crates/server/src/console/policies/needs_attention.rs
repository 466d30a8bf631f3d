//! The policy "needs attention": its part of the page, and what its form sends.

use axum::extract::State;
use axum::response::Redirect;
use maud::{Markup, html};
use trust::attention::Grace;

use super::days::DaysForm;
use super::panel::Panel;
use crate::app::{App, SharedApp};
use crate::console::Visitor;
use crate::console::own_form::OwnForm;
use crate::input::GRACE;
use crate::policies::needs_attention::show::NeedsAttentionPolicy;
use crate::problem::Problem;

const FORM: DaysForm = DaysForm {
    policy: "needs-attention",
    name: "needs_attention_after_days",
    label: "A Mac stands there when it enrolled more than so many days ago",
    range: 0..=Grace::LONGEST_DAYS,
    button: "Save the days",
};

/// For how long new Macs are left in peace, and the form that changes it.
pub(super) fn panel(app: &App, policy: &NeedsAttentionPolicy, visitor: &Visitor) -> Markup {
    let panel = Panel {
        id: "needs-attention",
        heading: "Needs Attention",
        badge: None,
        meaning: html! {
            p {
                "A new Mac comes into order by its first restart and logins. Until then it does not stand under "
                a href="/needs-attention" { "Needs Attention" } "."
            }
        },
        changed_at: policy.changed_at,
        rest: FORM.render(app, visitor, policy.needs_attention_after_days),
    };
    panel.render()
}

/// Takes the form in, and leads back to the page.
pub(crate) async fn set_needs_attention(
    State(app): State<SharedApp>,
    form: OwnForm,
) -> Result<Redirect, Problem> {
    FORM.take(&app, &form, &GRACE).await
}
