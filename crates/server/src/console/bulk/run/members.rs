//! What came of each Mac of a run.

use maud::{Markup, html};
use trust::action::ActionState;
use trust::bulk::Readiness;
use trust::words::HELD;

use super::show::Wanted;
use crate::bulk_actions::members::{MemberView, Wanted as WantedMembers};
use crate::console::components::{
    Choice, Table, Tone, badge, empty, no_match, optional_moment, prose, query, state_badge,
};
use crate::page::Page;
use crate::problem::Problem;

/// How many Macs a page shows.
const LIMIT: u32 = 50;

/// What Macs without an action can lack.
const LACKING: [Readiness; 3] = [
    Readiness::Done,
    Readiness::NeedsCredential,
    Readiness::NeedsPerson,
];

/// A page of results.
pub(super) struct Results {
    pub page: Page<MemberView>,
    /// What the list is narrowed down to; empty for all.
    pub result: String,
    /// Whether this is not the first page.
    pub goes_on: bool,
}

/// The Macs that are asked for, as the API is asked for them.
pub(super) fn wanted(asked: &Wanted) -> Result<WantedMembers, Problem> {
    let result = Some(asked.result.clone()).filter(|result| !result.is_empty());
    let is_lacking = Readiness::from_word(&asked.result).is_some();
    let (readiness, state) = if is_lacking {
        (result, None)
    } else {
        (None, result)
    };
    if state
        .as_deref()
        .is_some_and(|word| ActionState::from_word(word).is_none())
    {
        return Err(Problem::invalid(
            "result",
            "is a state of actions, or what a Mac lacks for one",
        ));
    }
    Ok(WantedMembers {
        readiness,
        state,
        cursor: asked.cursor.clone(),
        limit: Some(LIMIT),
    })
}

impl Results {
    /// The filter. It stands outside of what is kept up to date, so that nobody's choice is lost.
    pub(super) fn filter(&self, address: &str) -> Markup {
        let states = ActionState::ALL.map(|state| (state.word(), state.word()));
        let lacking = LACKING.map(|readiness| (readiness.word(), readiness.label()));
        let result = Choice {
            name: "result",
            label: "Result",
            options: [("", "Any")].into_iter().chain(states).chain(lacking).collect(),
            chosen: &self.result,
        };
        html! {
            form.filters method="get" action={ (address) "#results" } {
                (result.render())
                p.buttons {
                    button type="submit" { "Filter" }
                    a.button-like href={ "/api/v1/bulk-actions/" (address.rsplit('/').next().unwrap_or_default()) "/results.csv" }
                        download { "Download CSV" }
                }
            }
        }
    }

    /// The Macs.
    pub(super) fn list(&self, address: &str) -> Markup {
        let of = |cursor: Option<&str>| {
            let result = Some(self.result.as_str()).filter(|result| !result.is_empty());
            format!("{address}{}", query(&[("result", result), ("cursor", cursor)]))
        };
        html! {
            @if !self.page.items.is_empty() {
                (table(&self.page.items))
            } @else if self.result.is_empty() {
                (empty("No Mac is in this run yet."))
            } @else {
                (no_match("No Mac has this result.", address))
            }
            p.buttons {
                @if self.goes_on { a.button-like href=(of(None)) { "First Macs" } }
                @if let Some(cursor) = &self.page.next_cursor {
                    a.button-like href=(of(Some(cursor))) { "More Macs" }
                }
            }
        }
    }
}

fn table(members: &[MemberView]) -> Markup {
    let table = Table {
        label: "Macs of this run",
        columns: &["Mac", "Result", "Why", "Action", "Ended"],
        short: false,
        rows: members.iter().map(cells).collect(),
    };
    table.render()
}

fn cells(member: &MemberView) -> Vec<Markup> {
    vec![
        html! {
            a href={ "/devices/" (member.device_id) } { (member.device_name) }
            span.reason.mono { (member.serial_number) }
        },
        result(member),
        html! {
            div {
                @if let (Some(code), Some(title)) = (member.code, &member.code_title) {
                    a href={ "/codes/" (code) } { (title) }
                    @if let Some(detail) = &member.detail { span.reason { (prose(detail)) } }
                } @else { "–" }
            }
        },
        html! { @if let Some(id) = &member.action_id { a href={ "/actions/" (id) } { "Open" span.spoken { " the action of " (member.device_name) } } } @else { "–" } },
        optional_moment(member.finished_at),
    ]
}

fn result(member: &MemberView) -> Markup {
    match member.state {
        Some(_) if member.held => badge(Tone::Idle, HELD),
        Some(state) => state_badge(state),
        None => {
            let tone = match member.readiness {
                Readiness::Done | Readiness::Ready => Tone::Good,
                Readiness::NeedsCredential | Readiness::NeedsPerson => Tone::Warn,
            };
            badge(tone, member.readiness.label())
        }
    }
}
