//! `GET /what-if`: the question, and its answer once there is one.

use axum::extract::State;
use maud::Markup;

use super::draft::Draft;
use super::page::WhatIfPage;
use crate::app::SharedApp;
use crate::console::Visitor;
use crate::input::QueryOf;
use crate::problem::Problem;
use crate::what_if::ask::answer;

/// Where this page is.
pub(super) const ADDRESS: &str = "/what-if";

/// Shows the page.
pub(crate) async fn show_what_if(
    State(app): State<SharedApp>,
    visitor: Visitor,
    QueryOf(draft): QueryOf<Draft>,
) -> Result<Markup, Problem> {
    let (answer, wrong) = match draft.question()? {
        None => (None, None),
        Some(Err(wrong)) => (None, Some(wrong)),
        Some(Ok(question)) => {
            let organization_id = visitor.caller.organization_id;
            let answer = answer(&app, organization_id, &question, &draft.wanted()).await?;
            (Some(answer), None)
        }
    };
    let page = WhatIfPage {
        draft: &draft,
        wrong: wrong.as_deref(),
        answer: answer.as_ref(),
        visitor: &visitor,
    };
    Ok(page.render())
}
