//! A part of a page under a heading of its own.

use maud::{Markup, html};

/// A part of a page that can be linked to as `#id`.
pub(crate) fn section(id: &str, title: &str, contents: impl maud::Render) -> Markup {
    html! {
        section aria-labelledby=(id) {
            h2 id=(id) { (title) }
            (contents)
        }
    }
}
