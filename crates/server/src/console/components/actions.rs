//! A table of actions.

use maud::{Markup, html};
use trust::words::actor;

use super::badge::standing_badge;
use super::moment::moment;
use super::table::Table;
use crate::actions::view::ActionView;

/// Actions of one device, in the order in which they come.
pub(crate) fn action_table(actions: &[ActionView]) -> Markup {
    let table = Table {
        label: "Actions",
        columns: &["Action", "State", "Outcome", "Asked", "By"],
        short: true,
        rows: actions.iter().map(cells).collect(),
    };
    table.render()
}

/// Actions of several devices, each with its device.
pub(crate) fn fleet_action_table(actions: &[ActionView]) -> Markup {
    let row = |view: &ActionView| {
        let mut cells = cells(view);
        cells.insert(
            1,
            html! { a href={ "/devices/" (view.device_id) } { (view.device_name) } },
        );
        cells
    };
    let table = Table {
        label: "Actions",
        columns: &["Action", "Mac", "State", "Outcome", "Asked", "By"],
        short: true,
        rows: actions.iter().map(row).collect(),
    };
    table.render()
}

fn cells(view: &ActionView) -> Vec<Markup> {
    vec![
        html! { a href={ "/actions/" (view.id) } { (view.action.in_words()) } },
        html! { (standing_badge(view.state, view.held)) },
        html! {
            @if let Some(heading) = &view.heading { strong { (heading) ": " } }
            @if let Some(title) = &view.code_title { (title) } @else { "–" }
        },
        moment(view.created_at),
        html! { (actor(&view.created_by)) },
    ]
}
