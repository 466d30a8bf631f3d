//! A password as it is read out: in groups, each with the words of its characters.

use maud::{Markup, html};
use secrecy::ExposeSecret as _;
use trust::local_administrator::spell;

use crate::console::components::{Table, moment, optional_moment, section};
use crate::escrow::reveal::Shown;

/// The password, this once.
pub(super) fn password(shown: &Shown) -> Markup {
    let password = shown.key.expose_secret();
    let spelled = Table {
        label: "The password for reading out, group by group",
        columns: &["Group", "Read it out as"],
        short: true,
        rows: spell(password)
            .into_iter()
            .map(|(group, words)| vec![html! { span.mono { (group) } }, html! { (words.join(", ")) }])
            .collect(),
    };
    section(
        "password",
        "The password",
        html! {
            p.mono { strong { (password) } }
            p {
                "Version " (shown.version) ", proved on the Mac: " (optional_moment(shown.proved_at)) ". "
                @if let Some(at) = shown.rotate_after { "The Mac is to have another one after " (moment(at)) ". " }
                "It is not shown again when this page is left: ask again, with a reason, to see it again."
            }
            (spelled.render())
        },
    )
}
