//! `GET /actions/{id}`: an action, from its plan to its end.

use axum::extract::State;
use maud::{Markup, html};
use trust::outcome::Outcome;

use super::components::{Fact, asked, code_notice, facts, moment, optional_moment, plan_table, state_badge};
use super::{Page, Refusal, Visitor};
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
    let view = find(&app, &visitor.0, &id).await?;
    let page = Page {
        title: "Action",
        reader: Some(&visitor.name()),
        contents: contents(&view),
    };
    Ok(page.render())
}

fn contents(view: &ActionView) -> Markup {
    html! {
        h1 { (asked(&view.action)) }
        p { "on " a href={ "/devices/" (view.device_id) } { (view.device_name) } }
        section #action data-live {
            p { (state_badge(view.state)) }
            @if let Some(code) = view.code { (code_notice(code)) }
            (facts(&[
                Fact::new("Asked", moment(view.created_at)),
                Fact::new("By", &view.created_by),
                Fact::new("Shown to the Mac", optional_moment(view.offered_at)),
                Fact::new("Begun", optional_moment(view.started_at)),
                Fact::new("Ended", optional_moment(view.finished_at)),
                Fact::new("Not begun after", moment(view.not_after)),
            ]))
            @if let Some(outcome) = &view.outcome { (evidence(outcome)) }
            h2 { "Plan" }
            (plan_table(&view.plan))
        }
    }
}

fn evidence(outcome: &Outcome) -> Markup {
    html! {
        h2 { "Evidence" }
        @if outcome.evidence.is_empty() {
            p.quiet { "The agent told nothing more." }
        } @else {
            div.scroll tabindex="0" {
                table {
                    thead { tr { th scope="col" { "When" } th scope="col" { "Asked of the Mac" } th scope="col" { "Seen" } } }
                    tbody {
                        @for seen in &outcome.evidence {
                            tr {
                                td { (moment(seen.at)) }
                                td.mono { (seen.by) }
                                td { (seen.saw) }
                            }
                        }
                    }
                }
            }
        }
    }
}
