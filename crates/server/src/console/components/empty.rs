//! What stands where nothing is to be shown: it says so, and what to do next.

use maud::{Markup, Render, html};

/// A list without items.
pub(crate) fn empty(text: impl Render) -> Markup {
    html! { p.empty { (text) } }
}

/// A list that found nothing because it was narrowed down, with the way to all of it.
pub(crate) fn no_match(text: &str, all: &str) -> Markup {
    empty(html! { (text) " " a href=(all) { "Show all" } })
}
