//! Where a line stands, and what became of each version.

use maud::{Markup, html};
use trust::escrow::State;
use trust::words::actor;

use crate::console::components::{Table, Tone, badge, moment, optional_moment};
use crate::escrow::view::VersionView;

/// How a state looks.
pub(in crate::console) fn state_badge(state: State) -> Markup {
    let tone = match state {
        State::Held => Tone::Good,
        State::KeyUnknown => Tone::Bad,
        State::Ended => Tone::Warn,
        State::Empty => Tone::Idle,
    };
    badge(tone, state.label())
}

/// Every version of a line, as a table.
pub(in crate::console) fn versions_table(versions: &[VersionView]) -> Markup {
    let table = Table {
        label: "Every version that was kept, newest first",
        columns: &["Version", "Escrowed", "Came from", "Proved", "Ended", "Shown to"],
        short: false,
        rows: versions.iter().map(row).collect(),
    };
    table.render()
}

fn row(version: &VersionView) -> Vec<Markup> {
    vec![
        html! { span.on-card { "Version " } (version.version) },
        moment(version.escrowed_at),
        html! { (version.origin_label) },
        optional_moment(version.proved_at),
        html! {
            @if let Some(at) = version.destroyed_at { "destroyed " (moment(at)) }
            @else { @match (version.ended_at, version.ended_label) {
                (Some(at), Some(why)) => { (moment(at)) ": " (why) }
                _ => { "current" }
            } }
        },
        html! {
            @if version.revealed.is_empty() { "nobody" }
            @for revealed in &version.revealed { div { (actor(&revealed.by)) ", " (moment(revealed.at)) } }
        },
    ]
}
