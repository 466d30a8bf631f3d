//! `GET /actions/{id}`: an action, from its plan to its end.

use axum::extract::State;
use maud::{Markup, html};
use trust::action::ActionState;
use trust::code::Code;
use trust::outcome::{Outcome, PartOutcome};
use trust::restart::waiting_for_restart;

use super::components::{
    Fact, badge, code_notice, facts, moment, optional_moment, plan_list, state_badge, tone,
};
use super::{Page, Place, Refusal, Visitor};
use crate::actions::show::find;
use crate::actions::view::ActionView;
use crate::app::SharedApp;
use crate::input::PathOf;

/// Shows an action.
pub(crate) async fn show_action(
    State(app): State<SharedApp>,
    visitor: Visitor,
    PathOf(id): PathOf,
) -> Result<Markup, Refusal> {
    let view = find(&app, &visitor.caller, &id).await?;
    let observation = store::observation::find(&app.store, view.device_id).await?;
    let edge = view.outcome.as_ref().and_then(|outcome| outcome.edge.clone());
    let locks = observation
        .as_ref()
        .and_then(|seen| seen.filevault.value())
        .is_some_and(|state| state.locks_the_disk());
    let restart = match (&observation, edge) {
        (Some(observation), Some(edge)) if locks => {
            let waiting = waiting_for_restart(observation, &[edge]);
            Some(if waiting.is_some_and(|waiting| waiting.is_empty()) {
                Restart::Seen
            } else {
                Restart::Awaited
            })
        }
        _ => None,
    };
    let page = Page {
        title: "Action",
        reader: Some(&visitor.name()),
        place: Place::History,
        contents: contents(&view, restart),
    };
    Ok(page.render())
}

/// What a token that was handed on waits for, where FileVault locks the disk.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Restart {
    /// The Mac has not been started since.
    Awaited,
    /// It has.
    Seen,
}

fn contents(view: &ActionView, restart: Option<Restart>) -> Markup {
    html! {
        nav.crumbs aria-label="Breadcrumb" {
            ol {
                li { a href="/" { "Manage" } }
                li { a href={ "/devices/" (view.device_id) } { (view.device_name) } }
                li { "Action" }
            }
        }
        h1 { (view.action.in_words()) }
        div #action data-live {
            p.lead role="status" { (state_badge(view.state)) " " span.quiet { (state_words(view.state)) } }
            @if let Some(code) = view.code { (code_notice(code)) }
            @match restart {
                Some(Restart::Awaited) => {
                    div.notice.warn {
                        p { "The account is visible on the start-up screen after the next restart." }
                    }
                }
                Some(Restart::Seen) => {
                    div.notice.good {
                        p { "The Mac has been restarted since: the account is visible on the start-up screen." }
                    }
                }
                None => {}
            }
            @if let Some(outcome) = &view.outcome { (parts(&outcome.parts)) }
            div.columns {
                div {
                    section aria-labelledby="course" {
                        h2 #course { "Course" }
                        (course(view))
                    }
                    @if let Some(outcome) = &view.outcome { (evidence(outcome)) }
                }
                section.plan aria-labelledby="plan-heading" {
                    h2 #plan-heading { "Plan" }
                    p.hint { "As it was when the action was accepted." }
                    (plan_list(&view.plan))
                }
            }
        }
    }
}

/// Where an action stands, in a sentence.
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

fn course(view: &ActionView) -> Markup {
    facts(&[
        Fact::new("Asked", moment(view.created_at)),
        Fact::new("By", &view.created_by),
        Fact::new("Shown to the Mac", optional_moment(view.offered_at)),
        Fact::new("Begun", optional_moment(view.started_at)),
        Fact::new("Ended", optional_moment(view.finished_at)),
        Fact::new("Not begun after", moment(view.not_after)),
    ])
}

/// How each part of a composite action ended.
fn parts(parts: &[PartOutcome]) -> Markup {
    html! {
        @if !parts.is_empty() {
            section aria-labelledby="parts" {
                h2 #parts { "Parts" }
                ol.rows {
                    @for part in parts {
                        li class=(tone(part.code).class()) {
                            span.check { (part.part.label()) }
                            (badge(tone(part.code), part_word(part.code)))
                            p.reason {
                                @if let Some(heading) = part.code.entry().heading { strong { (heading) ": " } }
                                (part.code.entry().title) " "
                                a.mono href={ "/codes/" (part.code) } { (part.code) }
                            }
                        }
                    }
                }
            }
        }
    }
}

fn part_word(code: Code) -> &'static str {
    if code.is_success() { "done" } else { "not done" }
}

fn evidence(outcome: &Outcome) -> Markup {
    html! {
        section aria-labelledby="evidence" {
            h2 #evidence { "Evidence" }
            @if outcome.evidence.is_empty() {
                p.empty { "The agent told nothing more." }
            } @else {
                div.scroll tabindex="0" role="region" aria-labelledby="evidence" {
                    table.cards {
                        thead { tr { th scope="col" { "Asked of the Mac" } th scope="col" { "Seen" } th scope="col" { "When" } } }
                        tbody {
                            @for seen in &outcome.evidence {
                                tr {
                                    th.mono scope="row" { (seen.by) }
                                    td data-label="Seen" { (seen.saw) }
                                    td data-label="When" { (moment(seen.at)) }
                                }
                            }
                        }
                    }
                }
            }
        }
    }
}
