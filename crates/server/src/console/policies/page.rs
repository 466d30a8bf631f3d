//! `GET /policies`: each policy, whether it is on, and the button that changes that.

use axum::extract::State;
use maud::{Markup, html};

use crate::app::{App, SharedApp};
use crate::console::components::{Tone, badge, moment, stamp};
use crate::console::own_form::fresh_key;
use crate::console::{Page, Place, Visitor};
use crate::policies::promote_administrators::show::{PromoteAdministrators, find};
use crate::problem::Problem;

/// The field that says whether a policy is to be on.
pub(super) const ENABLED: &str = "enabled";

/// The field with the reason for the audit log.
pub(super) const REASON: &str = "reason";

/// Shows the policies.
pub(crate) async fn show_policies(State(app): State<SharedApp>, visitor: Visitor) -> Result<Markup, Problem> {
    let policy = find(&app, visitor.caller.organization_id).await?;
    let page = Page {
        title: "Policies",
        visitor: Some(&visitor),
        place: Place::Policies,
        contents: html! {
            h1 { "Policies" }
            p.lead { "What the organisation asks of every Mac. Each change stands in the audit log." }
            (promote_administrators(&app, &policy, &visitor))
        },
    };
    Ok(page.render())
}

fn promote_administrators(app: &App, policy: &PromoteAdministrators, visitor: &Visitor) -> Markup {
    let (tone, word, button) = if policy.enabled {
        (Tone::Warn, "on", "Turn off")
    } else {
        (Tone::Idle, "off", "Turn on")
    };
    html! {
        section.panel aria-labelledby="promote-administrators" {
            h2 id="promote-administrators" { "Promote standard holders for a grant " (badge(tone, word)) }
            p {
                "macOS lets only administrators hand a token on. While this is on, a standard account that holds one is made "
                "an administrator for the moment of a grant, and a standard account again right after it, without each order "
                "asking for it. Each plan shows it. While it is off, an order has to ask for it."
            }
            @if let Some(at) = policy.changed_at { p.hint { "Since " (moment(at)) "." } }
            form method="post" action="/policies/promote-administrators" {
                (stamp(visitor, &fresh_key(app)))
                input type="hidden" name=(ENABLED) value=(!policy.enabled);
                div.field {
                    label for="promote-reason" { "Reason (optional)" }
                    input id="promote-reason" name=(REASON) maxlength="500" autocomplete="off";
                }
                p.buttons { button type="submit" { (button) } }
            }
        }
    }
}
