//! `GET /enrolment-data/import`: the form.

use axum::extract::State;
use maud::Markup;

use super::page::ImportPage;
use crate::app::SharedApp;
use crate::console::Visitor;
use crate::console::table_upload::Seen;

/// Shows the form.
pub(crate) async fn show_import(State(app): State<SharedApp>, visitor: Visitor) -> Markup {
    let page = ImportPage {
        seen: Seen::Nothing,
        skip_bad_lines: false,
    };
    page.render(&app, &visitor)
}
