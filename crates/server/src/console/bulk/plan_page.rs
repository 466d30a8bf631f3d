//! The page of a plan: how many Macs lack what and which they are, and the confirmation.

use maud::{Markup, html};
use trust::bulk::Readiness;
use trust::code::Code;

use super::confirm::{confirmation, password_label};
use super::draft::Draft;
use super::groups::{group_badge, why};
use super::plan::{CURSOR, GROUP, Planned};
use super::selection::in_words;
use super::{ADDRESS, FORM, PLAN};
use crate::bulk_actions::plan::PlannedMember;
use crate::console::components::{
    Errors, Fact, Table, code_alert, crumbs, empty, error_summary, facts, moment, presence, prose, section,
};
use crate::console::{Page, Place, Visitor};

/// A plan as it is shown.
pub(super) struct PlanPage<'a> {
    pub draft: &'a Draft,
    pub planned: &'a Planned,
    /// What is wrong with the confirmation.
    pub errors: &'a Errors,
    /// Why nothing was sent, above everything.
    pub notice: Option<Code>,
    /// The key of the request that the confirmation will send.
    pub key: &'a str,
    pub visitor: &'a Visitor,
}

impl PlanPage<'_> {
    /// The page.
    pub(super) fn render(&self) -> Markup {
        let form = self.draft.address(FORM, &[]);
        let contents = html! {
            (crumbs(&[("Bulk Runs", Some(ADDRESS.to_owned())), ("Ask many Macs", Some(form))]))
            h1 { "Plan" }
            p.lead { (self.planned.order.action.in_words()) }
            @if let Some(code) = self.notice { (code_alert(code)) }
            (error_summary("Nothing was sent.", self.errors, &super::confirm::FIELDS))
            @if self.planned.view.counts.complete {
                div #planned.columns {
                    div {
                        (self.summary())
                        (section("macs", "Macs", self.macs()))
                    }
                    (confirmation(self))
                }
            } @else {
                (self.under_way())
            }
        };
        let page = Page {
            title: "Plan",
            visitor: Some(self.visitor),
            place: Place::BulkRuns,
            contents,
        };
        page.render()
    }

    /// A plan of many Macs takes a while. No number is told by group before all of them are counted.
    fn under_way(&self) -> Markup {
        let planned = self.planned;
        html! {
            div #planned data-live data-again {
                div.notice.idle {
                    p role="status" { strong { "The Macs are being planned. " } "Nothing is sent." }
                    p { (planned.view.counts.counts.devices) " so far." }
                    p.buttons {
                        a.button-like href=(planned.address(self.draft, &[])) { "Look again" }
                        a.button-like href=(self.draft.address(FORM, &[])) { "Change" }
                    }
                }
            }
        }
    }

    fn summary(&self) -> Markup {
        let view = &self.planned.view;
        html! {
            (facts(&[
                Fact::new("Which Macs", in_words(&self.planned.order.selector)),
                Fact::new("Planned", view.counts.counts.devices),
                Fact::new("When", moment(view.planned_at)),
            ]))
            (why(&view.counts.counts.codes))
            p { a href=(self.draft.address(PLAN, &[])) { "Plan again" } }
            p.narrow-only { a href="#confirm" { "To the confirmation" } }
        }
    }

    fn macs(&self) -> Markup {
        let planned = self.planned;
        let members = &planned.view.items;
        let of = |group: Readiness| planned.address(self.draft, &[(GROUP, Some(group.word()))]);
        html! {
            nav.tabs aria-label="Groups" {
                @for group in Readiness::ALL {
                    a href=(of(group)) aria-current=[(group == planned.group).then_some("page")] {
                        (group.label()) " " (group_badge(group, planned.view.counts.of(group)))
                    }
                }
            }
            @if members.is_empty() {
                (empty("No Mac is in this group."))
            } @else {
                @if !planned.goes_on && planned.view.next_cursor.is_some() {
                    p.hint { "The first " (members.len()) " of " (planned.view.counts.of(planned.group)) "." }
                }
                (table(members))
            }
            p.buttons {
                @if planned.goes_on { a.button-like href=(of(planned.group)) { "First Macs" } }
                @if let Some(cursor) = &planned.view.next_cursor {
                    @let more = [(GROUP, Some(planned.group.word())), (CURSOR, Some(cursor.as_str()))];
                    a.button-like href=(planned.address(self.draft, &more)) { "More Macs" }
                }
            }
        }
    }
}

fn table(members: &[PlannedMember]) -> Markup {
    let table = Table {
        label: "Macs of this group",
        columns: &["Name", "State", "What comes of it", "Serial number"],
        short: false,
        rows: members.iter().map(cells).collect(),
    };
    table.render()
}

fn cells(member: &PlannedMember) -> Vec<Markup> {
    vec![
        html! { a href={ "/devices/" (member.device_id) } { (member.device_name) } },
        presence(member.online),
        html! {
            div {
                @if let (Some(code), Some(title)) = (member.code, &member.code_title) {
                    a href={ "/codes/" (code) } { (title) }
                    @if let Some(detail) = &member.detail { span.reason { (prose(detail)) } }
                } @else {
                    @if let Some(action) = &member.action { (action.in_words()) }
                    @for (role, collected) in &member.collected {
                        span.reason { (password_label(*role)) ": collected " (moment(collected.collected_at)) }
                    }
                    @if !member.online { span.reason { "It waits until the Mac looks in." } }
                }
            }
        },
        html! { span.mono { (member.serial_number) } },
    ]
}
