//! The form that turns a policy on or off.

use maud::{Markup, html};

use crate::app::App;
use crate::console::Visitor;
use crate::console::components::stamp;
use crate::console::own_form::{OwnForm, REASON, fresh_key};
use crate::input::LONGEST_REASON;
use crate::problem::Problem;

/// The field that says whether a policy is to be on.
pub(super) const ENABLED: &str = "enabled";

/// The form of the policy at `address`, with one button.
pub(super) fn switch(app: &App, visitor: &Visitor, address: &str, is_on: bool) -> Markup {
    let id = format!("{}-reason", address.rsplit('/').next().unwrap_or_default());
    html! {
        form method="post" action=(address) {
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
