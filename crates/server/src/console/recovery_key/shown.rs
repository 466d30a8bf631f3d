//! A recovery key as it is read out: in groups, each with the words of its characters.

use maud::{Markup, html};
use secrecy::ExposeSecret as _;
use trust::escrow::recovery_key::spell;

use crate::console::components::{Table, moment, optional_moment, section};
use crate::escrow::reveal::Shown;

/// The key, this once.
pub(in crate::console) fn key(shown: &Shown) -> Markup {
    let key = shown.key.expose_secret();
    let spelled = Table {
        label: "The key for reading out, group by group",
        columns: &["Group", "Read it out as"],
        short: true,
        rows: spell(key)
            .into_iter()
            .map(|(group, words)| vec![html! { span.mono { (group) } }, html! { (words.join(", ")) }])
            .collect(),
    };
    section(
        "key",
        "The key",
        html! {
            p.mono { strong { (key) } }
            p {
                "Version " (shown.version) ", proved to open the disk: " (optional_moment(shown.proved_at)) ". "
                @if let Some(at) = shown.rotate_after { "The Mac is to have another key after " (moment(at)) ". " }
                "It is not shown again when this page is left: ask again, with a reason, to see it again."
            }
            (spelled.render())
            p.hint { "In macOS keys there is a letter O and no zero, as far as is known. The dashes are typed too." }
        },
    )
}
