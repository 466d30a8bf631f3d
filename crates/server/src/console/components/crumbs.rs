//! Where a page stands below the main navigation.

use maud::{Markup, html};

/// A step on the way to a page: its name, and its address when it has a page of its own.
pub(crate) type Crumb<'a> = (&'a str, Option<String>);

/// The way from the main navigation to this page, without the page itself.
pub(crate) fn crumbs(steps: &[Crumb<'_>]) -> Markup {
    html! {
        nav.crumbs aria-label="Breadcrumb" {
            ol {
                @for (name, address) in steps {
                    li { @match address {
                        Some(address) => { a href=(address) { (name) } }
                        None => { (name) }
                    } }
                }
            }
        }
    }
}
