//! What every page has around its contents.

use maud::{DOCTYPE, Markup, html};

use super::assets;

/// A page: its title, who reads it, and its contents.
pub(super) struct Page<'a> {
    /// What the browser calls it; the product's name is added.
    pub title: &'a str,
    /// Who is signed in; `None` on pages that are open to all.
    pub reader: Option<&'a str>,
    /// Where it belongs in the main navigation.
    pub place: Place,
    /// What stands in it.
    pub contents: Markup,
}

/// A part of the console.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Place {
    /// The devices.
    Manage,
    /// What can be asked of them.
    RemoteActions,
    /// What has been asked of them.
    History,
    /// What the codes mean.
    Codes,
    /// None of these.
    Elsewhere,
}

/// The main navigation, with what each part is called.
const PLACES: [(Place, &str, &str); 4] = [
    (Place::Manage, "/", "Manage"),
    (Place::RemoteActions, "/remote-actions", "Remote Actions"),
    (Place::History, "/actions", "History"),
    (Place::Codes, "/codes", "Codes"),
];

impl Page<'_> {
    /// The whole document.
    pub(super) fn render(&self) -> Markup {
        html! {
            (DOCTYPE)
            html lang="en" {
                head {
                    meta charset="utf-8";
                    meta name="viewport" content="width=device-width, initial-scale=1";
                    meta name="color-scheme" content="light dark";
                    title { (self.title) " · Bestow" }
                    link rel="icon" href=(assets::ICON.path) type="image/svg+xml";
                    link rel="stylesheet" href=(assets::STYLE.path);
                    script src=(assets::LIVE.path) defer {}
                    script src=(assets::FORM.path) defer {}
                }
                body {
                    a.skip href="#contents" { "Skip to contents" }
                    header.top {
                        div.inner {
                            a.name href="/" { img src=(assets::ICON.path) alt="" width="24" height="24"; "Bestow" }
                            @if let Some(reader) = self.reader {
                                nav aria-label="Main" { (self.navigation()) }
                                span.who { span.hidden-label { "Signed in as " } (reader) }
                            }
                        }
                    }
                    main #contents tabindex="-1" { (self.contents) }
                }
            }
        }
    }

    fn navigation(&self) -> Markup {
        html! {
            @for (place, address, name) in PLACES {
                a href=(address) aria-current=[(place == self.place).then_some("page")] { (name) }
            }
        }
    }
}
