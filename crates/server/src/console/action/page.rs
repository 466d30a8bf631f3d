//! What the page of an action shows.

use maud::{Markup, html};
use trust::access::Permission;
use trust::action::ActionState;
use trust::code::Code;
use trust::outcome::PartOutcome;
use trust::words::actor;

use crate::actions::view::ActionView;
use crate::console::components::{
    Fact, badge, code_alert, code_notice, crumbs, evidence_table, facts, moment, optional_moment, plan_list,
    section, stamp, state_badge, tone,
};
use crate::console::{Page, Place, Visitor, bulk};

/// An action, with what its page needs besides.
pub(super) struct Shown {
    pub view: ActionView,
    /// Whether what it handed on waits for a restart.
    pub restart: Option<Restart>,
    /// The key of the request that its button will send.
    pub key: String,
}

/// What a token that was handed on waits for, where FileVault locks the disk.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Restart {
    /// The Mac has not been started since.
    Awaited,
    /// It has.
    Seen,
}

impl Shown {
    /// The page; `refusal` is why what was just asked of the action cannot be done any more.
    pub(super) fn render(&self, visitor: &Visitor, refusal: Option<Code>) -> Markup {
        let view = &self.view;
        let contents = html! {
            (crumbs(&[
                ("Manage", Some("/".to_owned())),
                (&view.device_name, Some(format!("/devices/{}", view.device_id))),
                ("Action", None),
            ]))
            h1 { (view.action.in_words()) }
            @if let Some(code) = refusal { (code_alert(code)) }
            div #action data-live {
                p.lead role="status" { (state_badge(view.state)) " " span.quiet { (standing(view)) } }
                @if let Some(code) = view.code { (code_notice(code)) }
                @if let Some(restart) = self.restart { (restart_notice(restart)) }
                @if view.state.is_waiting() && visitor.may(Permission::Act) { (self.cancel(visitor)) }
                @if let Some(outcome) = &view.outcome { (parts(&outcome.parts)) }
                div.columns {
                    div {
                        (section("progress", "Progress", progress(view)))
                        @if let Some(outcome) = &view.outcome { (section("evidence", "Evidence", evidence_table(&outcome.evidence))) }
                    }
                    section.plan aria-labelledby="plan-heading" {
                        h2 #plan-heading { "Plan" }
                        p.hint { "As it was when the action was accepted." }
                        (plan_list(&view.plan))
                    }
                }
            }
        };
        let page = Page {
            title: &view.action.in_words(),
            visitor: Some(visitor),
            place: Place::History,
            contents,
        };
        page.render()
    }

    /// As long as its Mac has not begun.
    fn cancel(&self, visitor: &Visitor) -> Markup {
        html! {
            form.notice method="post" action={ "/actions/" (self.view.id) "/cancel" } {
                (stamp(visitor, &self.key))
                p {
                    @if self.view.held {
                        "Its " (bulk_link(&self.view)) " holds it back: the Mac is not shown it before the run releases it. "
                    } @else if let Some(at) = self.view.not_before {
                        "It begins when the Mac looks in from " (moment(at)) " until " (moment(self.view.not_after)) ". "
                    } @else {
                        "It begins as soon as the Mac looks in, until " (moment(self.view.not_after)) ". "
                    }
                    "Until then it can be called back; its sealed passwords are destroyed with it."
                }
                p.buttons { button type="submit" { "Cancel action" } }
            }
        }
    }
}

fn restart_notice(restart: Restart) -> Markup {
    html! {
        @match restart {
            Restart::Awaited => {
                div.notice.warn { p { "The account is visible on the start-up screen after the next restart." } }
            }
            Restart::Seen => {
                div.notice.good {
                    p { "The Mac has been restarted since: the account is visible on the start-up screen." }
                }
            }
        }
    }
}

/// The bulk run that an action belongs to.
fn bulk_link(view: &ActionView) -> Markup {
    html! {
        @match &view.bulk_run_id {
            Some(id) => { a href={ (bulk::ADDRESS) "/" (id) } { "bulk run" } }
            None => { "–" }
        }
    }
}

/// Where an action stands, in a sentence.
fn standing(view: &ActionView) -> &'static str {
    if view.held {
        "Its bulk run holds it back."
    } else {
        state_words(view.state)
    }
}

fn state_words(state: ActionState) -> &'static str {
    match state {
        ActionState::Queued => "It waits for the Mac.",
        ActionState::Offered => "The Mac has been told of it.",
        ActionState::Running => "The Mac is at it.",
        ActionState::Succeeded => "It is done, and proved by reading the Mac back.",
        ActionState::Failed => "It was tried, and did not come about.",
        ActionState::Refused => "The agent declined before it touched anything.",
        ActionState::Expired => "Its time ran out before the Mac began.",
        ActionState::Cancelled => "It was called back before the Mac began.",
    }
}

fn progress(view: &ActionView) -> Markup {
    facts(&[
        Fact::new("Asked", moment(view.created_at)),
        Fact::new("By", actor(&view.created_by)),
        Fact::new("Part of", bulk_link(view)),
        Fact::new("Not before", optional_moment(view.not_before)),
        Fact::new("Shown to the Mac", optional_moment(view.offered_at)),
        Fact::new("Begun", optional_moment(view.started_at)),
        Fact::new("Ended", optional_moment(view.finished_at)),
        Fact::new("Not begun after", moment(view.not_after)),
    ])
}

/// How each part of a composite action ended.
fn parts(parts: &[PartOutcome]) -> Markup {
    let list = html! { div.panel { ol.rows { @for part in parts { (part_row(part)) } } } };
    html! { @if !parts.is_empty() { (section("parts", "Parts", list)) } }
}

fn part_row(part: &PartOutcome) -> Markup {
    let entry = part.code.entry();
    html! {
        li class=(tone(part.code).class()) {
            span.check { (part.part.label()) } " "
            (badge(tone(part.code), part_word(part.code)))
            p.reason {
                @if let Some(heading) = entry.heading { strong { (heading) ": " } }
                (entry.title) " "
                a.mono href={ "/codes/" (part.code) } { (part.code) }
            }
        }
    }
}

fn part_word(code: Code) -> &'static str {
    if code.is_success() { "done" } else { "not done" }
}
