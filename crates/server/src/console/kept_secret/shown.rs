//! A secret as it is read out: in groups, each with the words of its characters.

use maud::{Markup, html};
use secrecy::ExposeSecret as _;

use super::Came;
use crate::console::components::{Table, moment, optional_moment, section};
use crate::escrow::shown::Shown;

/// The secret, this once, where it was asked for and may be shown.
pub(in crate::console) fn shown(came: &Came) -> Markup {
    match came {
        Came::Shown(shown) => read_out(shown),
        Came::Sealed(file) => file.section(),
        Came::Nothing | Came::Wrong(_) => html! {},
    }
}

fn read_out(shown: &Shown) -> Markup {
    let (secret, showing) = (shown.secret.expose_secret(), shown.showing);
    let spelled = Table {
        label: "For reading out, group by group",
        columns: &["Group", "Read it out as"],
        short: true,
        rows: showing
            .spell(secret)
            .into_iter()
            .map(|(group, words)| vec![html! { span.mono { (group) } }, html! { (words.join(", ")) }])
            .collect(),
    };
    section(
        "secret",
        &format!("The {}", showing.noun),
        html! {
            p.mono { strong { (secret) } }
            p {
                "Version " (shown.version)
                @if let Some(proved) = showing.proved { ", " (proved) ": " (optional_moment(shown.proved_at)) }
                ". "
                @if let Some(at) = shown.rotate_after { "The Mac is to have another one after " (moment(at)) ". " }
                "It is not shown again when this page is left: ask again, with a reason, to see it again."
            }
            (spelled.render())
            @if let Some(hint) = showing.hint { p.hint { (hint) } }
        },
    )
}
