//! What the page of a run shows.

use maud::{Markup, html};
use store::audit::Entry;
use trust::access::Permission;
use trust::bulk::{Canary, RunState, is_trouble_of_run};
use trust::code::Code;
use trust::words::actor;

use super::history;
use super::members::Results;
use super::progress::{bar, numbers};
use super::state_badge;
use crate::bulk_actions::view::BulkRunView;
use crate::console::bulk::ADDRESS;
use crate::console::bulk::groups::why;
use crate::console::bulk::selection::in_words;
use crate::console::components::{
    Fact, code_alert, code_notice, crumbs, facts, moment, optional_moment, section, stamp,
};
use crate::console::order::draft::name;
use crate::console::{Page, Place, Visitor};
use crate::input::LONGEST_REASON;

/// A run, with what its page needs besides.
pub(super) struct Shown {
    pub view: BulkRunView,
    pub results: Results,
    /// What happened to it, newest first.
    pub history: Vec<Entry>,
    /// The key of the request that its buttons will send.
    pub key: String,
}

impl Shown {
    /// The page; `refusal` is why what was just asked of the run cannot be done.
    pub(super) fn render(&self, visitor: &Visitor, refusal: Option<Code>) -> Markup {
        let view = &self.view;
        let address = format!("{ADDRESS}/{}", view.id);
        let title = view.action.in_words();
        let contents = html! {
            (crumbs(&[("Bulk Runs", Some(ADDRESS.to_owned()))]))
            h1 { (title) }
            @if let Some(code) = refusal { (code_alert(code)) }
            div #run data-live {
                p.lead role="status" { (state_badge(view.state)) " " span.quiet { (self.sentence()) } }
                (bar(&view.progress))
                (numbers(&view.progress, &address))
                @if let Some(code) = self.trouble() { (code_notice(code)) }
                @if !view.state.is_over() && visitor.may(Permission::ActOnMany) { (self.buttons(visitor, &address)) }
            }
            section {
                h2 #results { "Results" }
                (self.results.filter(&address))
                div #macs data-live { (self.results.list(&address)) }
            }
            div.columns.even #more data-live {
                (section("codes", "Why", why(&view.progress.codes)))
                (section("terms", "Terms", terms(view)))
            }
            section {
                h2 #happened { "What happened" }
                div #events data-live { (history::list(&self.history)) }
            }
        };
        let page = Page {
            title: &title,
            visitor: Some(visitor),
            place: Place::BulkRuns,
            contents,
        };
        page.render()
    }

    /// Why the run is not going on, where nobody has asked for that.
    fn trouble(&self) -> Option<Code> {
        self.view.code.filter(|code| is_trouble_of_run(*code))
    }

    fn sentence(&self) -> &'static str {
        if self.view.state.is_over() && self.view.finished_at.is_none() {
            return "Nothing more is sent. What Macs have begun still ends.";
        }
        self.view.state.sentence()
    }

    fn buttons(&self, visitor: &Visitor, address: &str) -> Markup {
        let state = self.view.state;
        html! {
            form.notice method="post" action={ (address) "/stop" } {
                (stamp(visitor, &self.key))
                div.field {
                    label for=(name::REASON) { "Reason (optional)" }
                    input #(name::REASON) name=(name::REASON) maxlength=(LONGEST_REASON) autocomplete="off";
                }
                p.buttons {
                    @if state == RunState::Running { button type="submit" { "Stop" } }
                    @if state == RunState::Stopped {
                        button.primary type="submit" formaction={ (address) "/continue" } { "Continue" }
                    }
                    button type="submit" formaction={ (address) "/cancel" } { "Cancel run" }
                }
                p.hint {
                    @match state {
                        RunState::Running => { "Stop holds back what no Mac has come for, until you continue. " }
                        RunState::Stopped => { "Continue begins with a canary again. " }
                        _ => {}
                    }
                    "Cancel calls back what no Mac has begun, for good."
                }
            }
        }
    }
}

fn terms(view: &BulkRunView) -> Markup {
    let canary = match (view.canary_size, view.canary) {
        (Some(size), Canary::Count(_)) => size.to_string(),
        (Some(size), Canary::Percent(percent)) => format!("{size} ({percent} %)"),
        (None, Canary::Count(count)) => count.to_string(),
        (None, Canary::Percent(percent)) => format!("{percent} %"),
    };
    facts(&[
        Fact::new("Which Macs", in_words(&view.selector)),
        Fact::new("Go first", canary),
        Fact::new("Stop at failures", format!("{} %", view.stop_at_failure_percent)),
        Fact::new("At a time", view.in_flight),
        Fact::new("Not before", optional_moment(view.not_before)),
        Fact::new("Not begun after", moment(view.not_after)),
        Fact::new("Asked", moment(view.created_at)),
        Fact::new("By", actor(&view.created_by)),
        Fact::optional("Reason", view.reason.as_ref()),
        Fact::new("Ended", optional_moment(view.finished_at)),
    ])
}
