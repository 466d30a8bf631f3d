//! `GET /api/v1/bulk-actions/{id}/results.csv`: one line for each device of a run, for spreadsheets and scripts.

use std::borrow::Cow;
use std::sync::Arc;

use axum::body::Body;
use axum::extract::State;
use axum::http::header;
use axum::response::{IntoResponse as _, Response};
use csv::{Terminator, WriterBuilder};
use futures_util::stream::try_unfold;
use jiff::Timestamp as Moment;
use store::bulk_member::{BulkMember, Filter};
use trust::code::Code;
use trust::id::BulkRunId;
use trust::time::Timestamp;

use crate::app::SharedApp;
use crate::identity::Caller;
use crate::input::PathOf;
use crate::problem::{Problem, ProblemView};

/// How many lines are read at a time.
const CHUNK: u32 = 500;

/// What stands in the first line.
const HEADER: [&str; 11] = [
    "device_name",
    "serial_number",
    "device_id",
    "readiness",
    "result",
    "code",
    "explanation",
    "detail",
    "action_id",
    "started_at",
    "finished_at",
];

/// The results of a run as CSV (RFC 4180), one line for each device. `result` is the state of its action, `held`, or
/// `not_sent`. A text that a spreadsheet would take for a formula begins with an apostrophe.
#[utoipa::path(get, path = "/api/v1/bulk-actions/{id}/results.csv", tag = "bulk actions", params(("id" = String, Path, description = "The run")), responses(
    (status = 200, description = "The results", body = String, content_type = "text/csv"),
    (status = "4XX", description = "A problem", body = ProblemView, content_type = "application/problem+json"),
))]
pub(crate) async fn show_bulk_results(
    State(app): State<SharedApp>,
    caller: Caller,
    PathOf(id): PathOf,
) -> Result<Response, Problem> {
    crate::actions::expire_due(&app).await?;
    let run = super::find(&app, &caller, &id).await?;
    let lines = try_unfold(Some(0), move |after| next_lines(Arc::clone(&app), run.id, after));
    let headers = [
        (
            header::CONTENT_TYPE,
            "text/csv; charset=utf-8; header=present".to_owned(),
        ),
        (
            header::CONTENT_DISPOSITION,
            format!("attachment; filename=\"bulk-run-{}.csv\"", run.id),
        ),
    ];
    Ok((headers, Body::from_stream(lines)).into_response())
}

/// The next lines, and the place behind them; the header comes before the first ones.
async fn next_lines(
    app: SharedApp,
    id: BulkRunId,
    after: Option<u64>,
) -> Result<Option<(Vec<u8>, Option<u64>)>, std::io::Error> {
    let Some(after) = after else { return Ok(None) };
    let filter = Filter {
        after,
        limit: CHUNK,
        ..Filter::default()
    };
    let members = store::bulk_member::list(&app.store, id, filter)
        .await
        .map_err(|error| {
            // The answer has begun: it can only be broken off.
            let _ = Problem::internal(&error);
            std::io::Error::other("the results could not be read")
        })?;
    let mut writer = WriterBuilder::new()
        .terminator(Terminator::CRLF)
        .from_writer(Vec::new());
    if after == 0 {
        writer.write_record(HEADER)?;
    }
    for member in &members {
        let line = line(member);
        writer.write_record(line.iter().map(|text| guarded(text).into_owned()))?;
    }
    let next = members.last().map(|last| last.place);
    let bytes = writer.into_inner().map_err(|error| error.into_error())?;
    Ok(Some((bytes, next)))
}

fn line(member: &BulkMember) -> [String; HEADER.len()] {
    let action = member.action.as_ref();
    let code = action.map_or(member.code, |action| action.code);
    let result = match action {
        None => "not_sent",
        Some(action) if action.held => "held",
        Some(action) => action.state.word(),
    };
    let at = |time: Option<Timestamp>| {
        let moment = time.and_then(|time| Moment::from_millisecond(time.as_millis()).ok());
        moment.map(|moment| moment.to_string()).unwrap_or_default()
    };
    [
        member.device_name.clone(),
        member.serial_number.clone(),
        member.device_id.to_string(),
        member.readiness.word().to_owned(),
        result.to_owned(),
        code.map(Code::word).unwrap_or_default().to_owned(),
        code.map(|code| code.entry().title).unwrap_or_default().to_owned(),
        member.detail.clone().unwrap_or_default(),
        action.map(|action| action.id.to_string()).unwrap_or_default(),
        at(action.and_then(|action| action.started_at)),
        at(action.and_then(|action| action.finished_at)),
    ]
}

/// The text as a spreadsheet takes it for a text: one that begins like a formula gets an apostrophe in front.
fn guarded(text: &str) -> Cow<'_, str> {
    if text.starts_with(['=', '+', '-', '@', '\t', '\r', '\n']) {
        Cow::Owned(format!("'{text}"))
    } else {
        Cow::Borrowed(text)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_begins_like_a_formula_is_a_text() {
        for text in ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", "\n=1"] {
            assert_eq!(guarded(text), format!("'{text}"));
        }
        for text in ["", "Ada's Mac", "1-1", "'=1", " =1"] {
            assert_eq!(guarded(text), text);
        }
    }
}
