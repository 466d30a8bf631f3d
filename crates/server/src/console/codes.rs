//! `GET /codes` and `GET /codes/{code}`: what codes mean. Open to all: it tells nothing about anybody's devices.

use maud::{Markup, html};
use trust::code::{Code, Kind};

use super::components::{badge, code_text, crumbs, tone};
use super::{Page, Place, Visitor};
use crate::input::PathOf;
use crate::problem::Problem;

/// The kinds of codes, in the order in which people look for them.
const KINDS: [(Kind, &str); 5] = [
    (Kind::Finding, "Found by a diagnosis"),
    (Kind::Precondition, "What stands in the way"),
    (Kind::Failure, "What was tried and did not come about"),
    (Kind::Success, "Good ends"),
    (Kind::Request, "Requests that cannot be served"),
];

/// Lists every code.
pub(crate) async fn show_codes(visitor: Option<Visitor>) -> Markup {
    page(
        "Codes",
        visitor,
        html! {
            h1 { "Codes" }
            p.lead { "Every end and every refusal has a code that never changes, with its cause and its cure." }
            @for (kind, title) in KINDS {
                section {
                    h2 { (title) }
                    ul.codes {
                        @for code in Code::ALL.iter().filter(|code| code.entry().kind == kind) {
                            li { a href={ "/codes/" (code) } { (code.entry().title) } span.mono.quiet { (code) } }
                        }
                    }
                }
            }
        },
    )
}

/// Explains a code.
pub(crate) async fn show_code(PathOf(word): PathOf, visitor: Option<Visitor>) -> Result<Markup, Problem> {
    let code = Code::from_word(&word).ok_or_else(Problem::not_found)?;
    let entry = code.entry();
    let contents = html! {
        div.narrow {
            (crumbs(&[("Codes", Some("/codes".to_owned()))]))
            @if let Some(heading) = entry.heading { p.heading { (heading) } }
            h1 { (entry.title) }
            p { (badge(tone(code), kind_word(entry.kind))) }
            (code_text(code))
        }
    };
    Ok(page(entry.title, visitor, contents))
}

fn page(title: &str, visitor: Option<Visitor>, contents: Markup) -> Markup {
    Page {
        title,
        visitor: visitor.as_ref(),
        place: Place::Codes,
        contents,
    }
    .render()
}

fn kind_word(kind: Kind) -> &'static str {
    match kind {
        Kind::Success => "success",
        Kind::Precondition => "stands in the way",
        Kind::Failure => "failure",
        Kind::Finding => "finding",
        Kind::Request => "request",
    }
}
