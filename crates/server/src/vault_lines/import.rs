//! `POST /api/v1/vault/import`: passwords that people enter, from a table in CSV, all or nothing unless asked otherwise.

mod rows;

use axum::extract::State;
use axum::response::Response;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::entering::{Refused, Said, prepare, save, sorted};
use crate::app::{App, SharedApp};
use crate::idempotency::IdempotencyKey;
use crate::identity::Caller;
use crate::input::{QueryOf, SecretCsv};
use crate::problem::{Problem, ProblemView};
use crate::secret_table::Table;
use crate::table_import::{BadLine, MOST_TOLD, Wanted, answer, read, refused};

/// What an import into the vault has done, or would do.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
pub(crate) struct VaultImportView {
    /// Whether nothing was kept, because that was asked for.
    pub dry_run: bool,
    /// With `dry_run`: whether the import would be refused, because lines cannot be taken. The counts are of the others.
    pub refused: bool,
    /// How many values are new.
    pub entered: usize,
    /// How many values were kept already.
    pub unchanged: usize,
    /// How many lines cannot be taken.
    pub bad: usize,
    /// Lines that cannot be taken; the first 500.
    pub bad_lines: Vec<BadLine>,
}

/// Keeps Recovery Lock and firmware passwords of many Macs, enrolled or not. The head of the table names its columns: `serial_number`,
/// `kind`, `value`, and `legacy` where there are former ones. Columns are separated by commas, semicolons or tabs; at most 10,000 lines
/// and 8 MiB.
#[utoipa::path(post, path = "/api/v1/vault/import", tag = "escrow", params(Wanted, ("Idempotency-Key" = String, Header, description = "A fresh random value per request")), request_body(content = String, content_type = "text/csv"), responses(
    (status = 200, description = "What was done, or with `dry_run` what would be", body = VaultImportView),
    (status = 422, description = "`import_refused`: lines cannot be taken, and nothing was imported", body = ProblemView, content_type = "application/problem+json"),
    (status = "4XX", description = "A problem", body = ProblemView, content_type = "application/problem+json"),
))]
pub(crate) async fn import_into_vault(
    State(app): State<SharedApp>,
    caller: Caller,
    QueryOf(wanted): QueryOf<Wanted>,
    key: IdempotencyKey,
    body: SecretCsv,
) -> Result<Response, Problem> {
    let table = read(body)?;
    import(&app, &caller, &key, &table, wanted).await.map(answer)
}

/// Imports a table. Answers a [`VaultImportView`] as JSON.
pub(crate) async fn import(
    app: &App,
    caller: &Caller,
    key: &IdempotencyKey,
    table: &Table,
    wanted: Wanted,
) -> Result<String, Problem> {
    let rows = rows::rows(table).map_err(refused)?;
    let (lines, said): (Vec<u64>, Vec<Said>) = sorted(rows.said).into_iter().unzip();
    let asked = said.iter();
    let asked: Vec<_> = asked
        .map(|one| (one.serial_number.as_str(), one.kind, one.legacy))
        .collect();
    let request = key.request(caller, "import_into_vault", &(wanted, asked), app.now());
    let is_refused = wanted.refuses(&rows.bad);
    if is_refused && !wanted.dry_run {
        return Err(refused(rows.bad));
    }
    let prepared = prepare(app, &request, &said).await?;
    let view = VaultImportView {
        dry_run: wanted.dry_run,
        refused: is_refused,
        entered: prepared.count(),
        unchanged: said.len() - prepared.count(),
        bad: BadLine::count(&rows.bad),
        bad_lines: rows.bad.into_iter().take(MOST_TOLD).collect(),
    };
    let answer = serde_json::to_string(&view).map_err(|error| Problem::internal(&error))?;
    if wanted.dry_run {
        return Ok(answer);
    }
    match save(app, &request, prepared, None, answer).await {
        Ok(answer) => Ok(answer),
        Err(Refused::TooManyLegacy(place)) => Err(refused(vec![BadLine {
            line: lines.get(place).copied().unwrap_or_default(),
            column: Some("legacy".to_owned()),
            heading: None,
            rule: "is true of at most 20 values of a Mac and kind, those that are kept already counted"
                .into(),
        }])),
        Err(Refused::Problem(problem)) => Err(problem),
    }
}

#[cfg(test)]
mod tests;
