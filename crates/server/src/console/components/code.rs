//! What a code means.

use maud::{Markup, html};
use trust::code::{Code, Kind};

use super::{Tone, prose};

/// A code in a box: its heading, its title, why, and what to do. After a good end there is nothing to do.
pub(crate) fn code_notice(code: Code) -> Markup {
    let entry = code.entry();
    html! {
        div class={ "notice " (tone(code).class()) } {
            @if let Some(heading) = entry.heading { p.heading { (heading) } }
            p { strong { (entry.title) } }
            p { (prose(entry.cause)) }
            @if entry.kind != Kind::Success { p { (prose(entry.fix)) } }
            p.hint { a href={ "/codes/" (code) } { "More on " code { (code) } } }
        }
    }
}

/// The same where it answers what somebody has just asked for: it is read out, and a keyboard goes on from it.
pub(crate) fn code_alert(code: Code) -> Markup {
    html! { div role="alert" tabindex="-1" autofocus { (code_notice(code)) } }
}

/// How good or bad a code is.
pub(crate) fn tone(code: Code) -> Tone {
    match code.entry().kind {
        Kind::Success => Tone::Good,
        Kind::Precondition | Kind::Request | Kind::Finding => Tone::Warn,
        Kind::Failure => Tone::Bad,
    }
}

/// A code's text: why it comes about, what to do, and what Bestow does.
pub(crate) fn code_text(code: Code) -> Markup {
    let entry = code.entry();
    html! {
        p.mono.quiet { (code) }
        h2 { "Cause" }
        p { (prose(entry.cause)) }
        h2 { "Fix" }
        p { (prose(entry.fix)) }
        h2 { "What Bestow does" }
        p { (prose(entry.bestow)) }
    }
}
