//! `GET /bulk/new`: the form of a bulk run, empty or with what its address has filled in.

use axum::extract::State;
use maud::Markup;

use super::asked::errors_of_selection;
use super::draft::Draft;
use super::form::Form;
use super::selection::ticked;
use crate::app::SharedApp;
use crate::console::Visitor;
use crate::devices::list::{chain_word, finding_code, service_account_word};
use crate::input::QueryOf;
use crate::problem::Problem;

/// Shows the form.
pub(crate) async fn show_form(
    State(app): State<SharedApp>,
    visitor: Visitor,
    QueryOf(pairs): QueryOf<Vec<(String, String)>>,
) -> Result<Markup, Problem> {
    let mut draft = Draft::of_query(&pairs);
    // A filter that nobody knows must not become none.
    chain_word(Some(draft.state.clone()))?;
    finding_code(Some(&draft.finding))?;
    service_account_word(Some(draft.service_account.clone()))?;
    draft.fill_in();
    let form = Form {
        ticked: &ticked(&app, &visitor, &draft).await?,
        draft: &draft,
        errors: &errors_of_selection(&draft),
        visitor: &visitor,
    };
    Ok(form.render())
}
