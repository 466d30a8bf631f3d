//! What a code means.

use maud::{Markup, html};
use trust::code::{Code, Kind};

use super::Tone;

/// A code in a box: its heading, its title, why, and what to do.
pub(crate) fn code_notice(code: Code) -> Markup {
    let entry = code.entry();
    let tone = match entry.kind {
        Kind::Success => Tone::Good,
        Kind::Precondition | Kind::Request | Kind::Finding => Tone::Warn,
        Kind::Failure => Tone::Bad,
    };
    html! {
        div class={ "notice " (tone.class()) } {
            p {
                @if let Some(heading) = entry.heading { strong { (heading) ": " } }
                strong { (entry.title) } " "
                a.mono href={ "/codes/" (code) } { (code) }
            }
            p { (entry.cause) }
            p { (entry.fix) }
        }
    }
}

/// A code's text: why it comes about, what to do, and what Bestow does.
pub(crate) fn code_text(code: Code) -> Markup {
    let entry = code.entry();
    html! {
        p.mono.quiet { (code) }
        h2 { "Why" }
        p { (entry.cause) }
        h2 { "What to do" }
        p { (entry.fix) }
        h2 { "What Bestow does" }
        p { (entry.bestow) }
    }
}
