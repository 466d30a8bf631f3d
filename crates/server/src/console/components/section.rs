//! A part of a page under a heading of its own.

use maud::{Markup, html};

/// A part of a page that can be linked to as `#id`. It is found by its heading: landmarks are for few things.
pub(crate) fn section(id: &str, title: &str, contents: impl maud::Render) -> Markup {
    html! {
        section {
            h2 id=(id) { (title) }
            (contents)
        }
    }
}
