//! A policy's part of the page.

use maud::{Markup, html};
use trust::time::Timestamp;

use crate::console::components::{Tone, badge, moment};

/// A policy: what it means, how it stands, and what changes it.
pub(super) struct Panel {
    /// Its anchor on the page.
    pub id: &'static str,
    /// What it is called.
    pub heading: &'static str,
    /// How it stands, where a word says that.
    pub badge: Option<(Tone, &'static str)>,
    /// What it means, in paragraphs.
    pub meaning: Markup,
    /// When it was decided last.
    pub changed_at: Option<Timestamp>,
    /// The form that changes it, and whatever follows.
    pub rest: Markup,
}

impl Panel {
    pub(super) fn render(&self) -> Markup {
        html! {
            section.panel aria-labelledby=(self.id) {
                h2 id=(self.id) {
                    (self.heading)
                    @if let Some((tone, word)) = self.badge { " " (badge(tone, word)) }
                }
                (self.meaning)
                @if let Some(at) = self.changed_at { p.hint { "Since " (moment(at)) "." } }
                (self.rest)
            }
        }
    }
}
