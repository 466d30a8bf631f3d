//! Facts about one thing, each with its name.

use maud::{Markup, Render, html};

/// A fact with its name.
pub(crate) struct Fact {
    name: &'static str,
    value: Markup,
}

impl Fact {
    /// A fact.
    pub(crate) fn new(name: &'static str, value: impl Render) -> Self {
        Self {
            name,
            value: html! { (value) },
        }
    }

    /// A fact that is compared letter by letter.
    pub(crate) fn mono(name: &'static str, value: impl Render) -> Self {
        Self {
            name,
            value: html! { span.mono { (value) } },
        }
    }

    /// A fact that may not be known.
    pub(crate) fn optional(name: &'static str, value: Option<impl Render>) -> Self {
        Self {
            name,
            value: value.map_or_else(|| html! { "–" }, |value| html! { (value) }),
        }
    }
}

/// The facts, side by side as far as there is room.
pub(crate) fn facts(facts: &[Fact]) -> Markup {
    html! {
        dl.facts {
            @for fact in facts {
                div {
                    dt { (fact.name) }
                    dd { (fact.value) }
                }
            }
        }
    }
}
