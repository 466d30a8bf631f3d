//! The groups of a plan, and why Macs are in them.

use maud::{Markup, html};
use trust::bulk::{CodeCount, Readiness};

use crate::console::components::{Tone, badge};

/// How many Macs are in a group.
pub(super) fn group_badge(group: Readiness, count: u64) -> Markup {
    let tone = match group {
        _ if count == 0 => Tone::Idle,
        Readiness::Ready | Readiness::Done => Tone::Good,
        Readiness::NeedsCredential => Tone::Warn,
        Readiness::NeedsPerson => Tone::Bad,
    };
    badge(tone, &count.to_string())
}

/// How many Macs came to which code.
pub(super) fn why(codes: &[CodeCount]) -> Markup {
    html! {
        @if !codes.is_empty() {
            ul.counts {
                @for counted in codes {
                    li { span.count { (counted.count) } " " a href={ "/codes/" (counted.code) } { (counted.title) } }
                }
            }
        }
    }
}
