//! `GET /codes/{code}`: what a code means. Open to all: it tells nothing about anybody's devices.

use maud::{Markup, html};
use trust::code::Code;

use super::components::code_text;
use super::{Page, Refusal};
use crate::input::PathOf;
use crate::problem::Problem;

/// Explains a code.
pub(crate) async fn show_code(PathOf(word): PathOf) -> Result<Markup, Refusal> {
    let code = Code::from_word(&word).ok_or_else(Problem::not_found)?;
    let entry = code.entry();
    let page = Page {
        title: entry.title,
        reader: None,
        contents: html! {
            @if let Some(heading) = entry.heading { p.quiet { (heading) } }
            h1 { (entry.title) }
            (code_text(code))
        },
    };
    Ok(page.render())
}
