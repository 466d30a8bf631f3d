//! `POST /enrolment-data/import`: a table is looked at, or imported.

use axum::extract::State;
use axum::response::{IntoResponse as _, Response};

use super::page::ImportPage;
use crate::app::SharedApp;
use crate::console::own_form::OwnUpload;
use crate::console::table_upload::{Seen, read, wanted};
use crate::enrolment_records::import::import;
use crate::problem::Problem;

/// Looks at a table or imports it, and shows what comes of it.
pub(crate) async fn submit_import(
    State(app): State<SharedApp>,
    upload: OwnUpload,
) -> Result<Response, Problem> {
    let wanted = wanted(&upload);
    let seen = match read(&upload) {
        Ok(table) => {
            let told = import(&app, &upload.visitor.caller, &upload.key()?, &table, wanted).await;
            Seen::of(told, wanted)?
        }
        Err(no_table) => no_table,
    };
    let status = seen.status();
    let page = ImportPage {
        seen,
        skip_bad_lines: wanted.skip_bad_lines,
    };
    Ok((status, page.render(&app, &upload.visitor)).into_response())
}
