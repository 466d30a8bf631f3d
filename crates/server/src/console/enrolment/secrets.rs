//! What was collected of secrets: when, and what it is worth. Never the secret.

use maud::{Markup, html};
use trust::enrolment::{AttributeName, CollectionState};
use trust::time::Timestamp;

use crate::console::components::{Tone, badge, moment};

/// A collected secret in a line, by the attribute's name and its wildcard.
pub(in crate::console) fn collected_on(attribute: &AttributeName, at: Timestamp) -> Markup {
    html! { span.mono { (attribute.wildcard()) } ", collected on " (moment(at)) }
}

/// Whether a collected secret can be used, and why not.
pub(in crate::console) fn usability(state: CollectionState) -> Markup {
    html! {
        @match state {
            CollectionState::Ready => {
                (badge(Tone::Good, "usable"))
            }
            CollectionState::WaitsForMac { until } => {
                (badge(Tone::Idle, "waits for the Mac"))
                p.reason { "The Mac has not enrolled yet. It waits, encrypted, until " (moment(until)) "." }
            }
            CollectionState::Expired => {
                (badge(Tone::Warn, "not usable"))
                p.reason { "The Mac did not come in time, and it was destroyed. Collect it anew." }
            }
            CollectionState::Stale => {
                (badge(Tone::Warn, "not usable"))
                p.reason {
                    "It is sealed to a key that the Mac no longer has. Collect it anew. "
                    a.mono href="/codes/credential_stale" { "credential_stale" }
                }
            }
        }
    }
}
