//! What every page has around its contents.

use maud::{DOCTYPE, Markup, html};

use super::assets;

/// A page: its title, who reads it, and its contents.
pub(super) struct Page<'a> {
    /// What the browser calls it; the product's name is added.
    pub title: &'a str,
    /// Who is signed in; `None` on pages that are open to all.
    pub reader: Option<&'a str>,
    /// What stands in it.
    pub contents: Markup,
}

impl Page<'_> {
    /// The whole document.
    pub(super) fn render(&self) -> Markup {
        html! {
            (DOCTYPE)
            html lang="en" {
                head {
                    meta charset="utf-8";
                    meta name="viewport" content="width=device-width, initial-scale=1";
                    title { (self.title) " · Bestow" }
                    link rel="icon" href=(assets::ICON.path) type="image/svg+xml";
                    link rel="stylesheet" href=(assets::STYLE.path);
                    script src=(assets::LIVE.path) defer {}
                }
                body {
                    a.skip href="#contents" { "Skip to contents" }
                    header.top {
                        a.name href="/" { "Bestow" }
                        @if let Some(reader) = self.reader {
                            nav aria-label="Main" { a href="/" { "Devices" } }
                            span.who { (reader) }
                        }
                    }
                    main #contents { (self.contents) }
                }
            }
        }
    }
}
