//! `POST /enrolment-data/import`: a table is looked at, or imported.

use axum::extract::State;
use axum::http::StatusCode;
use axum::response::{IntoResponse as _, Response};
use trust::code::Code;

use super::page::{ImportPage, Seen};
use crate::app::{App, SharedApp};
use crate::console::own_form::OwnUpload;
use crate::console::table_upload::{TABLE, wanted, why_no_table};
use crate::enrolment_records::import::{ImportView, import};
use crate::problem::Problem;
use crate::secret_table::{NotATable, Table};
use crate::table_import::Wanted;

/// Looks at a table or imports it, and shows what comes of it.
pub(crate) async fn submit_import(
    State(app): State<SharedApp>,
    upload: OwnUpload,
) -> Result<Response, Problem> {
    let wanted = wanted(&upload);
    let seen = match Table::read(upload.upload.contents(TABLE)) {
        Ok(table) => seen(&app, &upload, &table, wanted).await?,
        Err(error) => no_table(&error),
    };
    let status = match &seen {
        Seen::NoTable(_) | Seen::Refused(_) => StatusCode::UNPROCESSABLE_ENTITY,
        Seen::Nothing | Seen::Preview(_) | Seen::Done(_) => StatusCode::OK,
    };
    let page = ImportPage {
        seen,
        skip_bad_lines: wanted.skip_bad_lines,
    };
    Ok((status, page.render(&app, &upload.visitor)).into_response())
}

async fn seen(app: &App, upload: &OwnUpload, table: &Table, wanted: Wanted) -> Result<Seen, Problem> {
    match import(app, &upload.visitor.caller, &upload.key()?, table, wanted).await {
        Ok(answer) => {
            let view: ImportView =
                serde_json::from_str(&answer).map_err(|error| Problem::internal(&error))?;
            Ok(if view.dry_run {
                Seen::Preview(view)
            } else {
                Seen::Done(view)
            })
        }
        Err(problem) if problem.code == Code::ImportRefused => {
            Ok(Seen::Refused(problem.bad_lines().to_vec()))
        }
        Err(problem) if problem.breaks_a_rule() => Ok(Seen::NoTable(problem.detail())),
        Err(problem) => Err(problem),
    }
}

fn no_table(error: &NotATable) -> Seen {
    match why_no_table(error) {
        Ok(why) => Seen::NoTable(why),
        Err(bad) => Seen::Refused(vec![bad]),
    }
}
