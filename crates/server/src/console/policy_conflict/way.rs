//! One way past the policy: what has to hold for it, what a person does, and the button that chooses it.

use maud::{Markup, html};
use store::device::Device;
use trust::service_account::policy_conflict::{Choice, Precondition};

use crate::console::Visitor;
use crate::console::components::{Tone, badge, prose, stamp};
use crate::console::own_form::REASON;

/// The field that says which way is chosen.
pub(super) const WORKAROUND: &str = "workaround";

/// A way that can be chosen. `key` is that of the request.
pub(super) fn open(choice: &Choice, device: &Device, visitor: &Visitor, key: &str) -> Markup {
    let word = choice.workaround.word();
    let reason = format!("reason-{word}");
    html! {
        article.way-back {
            h2 { (choice.workaround.label()) " " (badge(Tone::Good, "open")) }
            p { (choice.workaround.consequence()) }
            h3 { "What has to hold" }
            ul { @for precondition in &choice.preconditions { li { (demanded(precondition)) } } }
            h3 { "What you do" }
            ol.steps { @for step in &choice.steps { li { (prose(step)) } } }
            form method="post" action={ "/devices/" (device.id) "/policy-conflict" } {
                (stamp(visitor, key))
                input type="hidden" name=(WORKAROUND) value=(word);
                div.field {
                    label for=(reason) { "Reason (optional)" }
                    input id=(reason) name=(REASON) maxlength="500" autocomplete="off";
                }
                p.buttons { button.accent type="submit" { "Choose: " (choice.workaround.label()) } }
            }
        }
    }
}

/// A way that cannot be chosen, and why.
pub(super) fn closed(choice: &Choice, against: &Precondition) -> Markup {
    html! {
        li {
            strong { (choice.workaround.label()) } " " (badge(Tone::Idle, "closed"))
            p.reason { (demanded(against)) ". " (choice.workaround.consequence()) }
        }
    }
}

fn demanded(precondition: &Precondition) -> Markup {
    let holds = match precondition.holds {
        Some(true) => "yes",
        Some(false) => "no",
        None => "not known",
    };
    html! { (precondition.demand) ": " (holds) " (" (precondition.saw) ")" }
}
