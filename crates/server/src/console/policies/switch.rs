//! A policy that is on or off: its part of the page, and the form that turns it.

use maud::{Markup, html};
use trust::access::Permission;
use trust::time::Timestamp;

use super::panel::Panel;
use crate::app::App;
use crate::console::Visitor;
use crate::console::components::{Tone, allowed, stamp};
use crate::console::own_form::{OwnForm, REASON, fresh_key};
use crate::input::LONGEST_REASON;
use crate::problem::Problem;

/// The field that says whether a policy is to be on.
pub(super) const ENABLED: &str = "enabled";

/// What tells one such policy from another on the page.
pub(super) struct Switch {
    /// The policy, as addresses name it.
    pub policy: &'static str,
    /// What it is called.
    pub heading: &'static str,
    /// What it means while it is on.
    pub meaning: Markup,
    /// How that looks.
    pub tone: Tone,
    /// What whoever turns it may do.
    pub permission: Permission,
}

impl Switch {
    /// Its part of the page, as it stands, with whatever follows the form.
    pub(super) fn panel(
        self,
        app: &App,
        visitor: &Visitor,
        enabled: bool,
        changed_at: Option<Timestamp>,
        more: &Markup,
    ) -> Markup {
        let form = allowed(visitor, self.permission, form(app, visitor, self.policy, enabled));
        let panel = Panel {
            id: self.policy,
            heading: self.heading,
            badge: Some(on_off(enabled, self.tone)),
            meaning: html! { p { (self.meaning) } },
            changed_at,
            rest: html! { (form) (more) },
        };
        panel.render()
    }
}

/// Whether something is on, which looks like `tone` then.
pub(super) fn on_off(enabled: bool, tone: Tone) -> (Tone, &'static str) {
    if enabled {
        (tone, "on")
    } else {
        (Tone::Idle, "off")
    }
}

fn form(app: &App, visitor: &Visitor, policy: &str, is_on: bool) -> Markup {
    let id = format!("{policy}-reason");
    html! {
        form method="post" action={ "/policies/" (policy) } {
            (stamp(visitor, &fresh_key(app)))
            input type="hidden" name=(ENABLED) value=(!is_on);
            div.field {
                label for=(id) { "Reason (optional)" }
                input id=(id) name=(REASON) maxlength=(LONGEST_REASON) autocomplete="off";
            }
            p.buttons { button type="submit" { @if is_on { "Turn off" } @else { "Turn on" } } }
        }
    }
}

/// Whether the policy is to be on, and why.
pub(super) fn read(form: &OwnForm) -> Result<(bool, Option<String>), Problem> {
    let enabled = match form.form.text(ENABLED).as_str() {
        "true" => true,
        "false" => false,
        _ => return Err(Problem::invalid(ENABLED, "is true or false")),
    };
    Ok((enabled, form.reason()?))
}
