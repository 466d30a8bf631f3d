//! `POST /api/v1/enrolment-records/import`: enrolment data from a table in CSV, all or nothing unless asked otherwise.

mod columns;
mod rows;
mod view;

use std::collections::BTreeSet;

use axum::extract::State;
use axum::response::Response;
use serde::Serialize;
use store::enrolment_record::Source;
use trust::enrolment::AttributeName;

use view::Beside;
pub(crate) use view::{Becomes, ImportView, ImportedLine};

use super::save::{Person, Said, attributes_of, prepare, save};
use crate::app::{App, SharedApp};
use crate::idempotency::IdempotencyKey;
use crate::identity::Caller;
use crate::input::{QueryOf, SecretCsv};
use crate::problem::{Problem, ProblemView};
use crate::secret_table::Table;
use crate::table_import::{Wanted, answer, read, refused};

/// Imports enrolment data. The head of the table names its columns: `serial_number`, `username`, `full_name`, `email`,
/// `account`, `password`; any other name is an attribute, and `secret.NAME` a secret one. A cell that is empty leaves
/// what is known as it is. Columns are separated by commas, semicolons or tabs; at most 10,000 lines and 8 MiB.
#[utoipa::path(post, path = "/api/v1/enrolment-records/import", tag = "enrolment", params(Wanted, ("Idempotency-Key" = String, Header, description = "A fresh random value per request")), request_body(content = String, content_type = "text/csv"), responses(
    (status = 200, description = "What was done, or with `dry_run` what would be", body = ImportView),
    (status = 422, description = "`import_refused`: lines cannot be taken, and nothing was imported", body = ProblemView, content_type = "application/problem+json"),
    (status = "4XX", description = "A problem", body = ProblemView, content_type = "application/problem+json"),
))]
pub(crate) async fn import_enrolment_records(
    State(app): State<SharedApp>,
    caller: Caller,
    QueryOf(wanted): QueryOf<Wanted>,
    key: IdempotencyKey,
    body: SecretCsv,
) -> Result<Response, Problem> {
    let table = read(body)?;
    import(&app, &caller, &key, &table, wanted).await.map(answer)
}

/// Imports a table. Answers an [`ImportView`] as JSON.
pub(crate) async fn import(
    app: &App,
    caller: &Caller,
    key: &IdempotencyKey,
    table: &Table,
    wanted: Wanted,
) -> Result<String, Problem> {
    let organization_id = caller.organization_id;
    let known = store::enrolment_attribute::list(&app.store, organization_id).await?;
    let columns = columns::columns(table.head(), &known).map_err(refused)?;
    let rows = rows::rows(table, &columns);
    let (lines, said): (Vec<u64>, Vec<Said>) = rows.said.into_iter().unzip();
    let request = key.request(
        caller,
        "import_enrolment_records",
        &not_secret(&said, wanted),
        app.now(),
    );
    let declared = attributes_of(&said, &known)?;
    let new = declared.iter().filter(|(name, _)| !known.contains_key(name));
    let beside = Beside {
        bad: &rows.bad,
        new_attributes: new.map(|(name, kind)| columns::named(name, *kind)).collect(),
        wanted,
    };
    if wanted.dry_run {
        let prepared = prepare(app, organization_id, &said).await?;
        return json(&ImportView::of(&lines, &prepared, &beside));
    }
    if wanted.refuses(&rows.bad) {
        return Err(refused(rows.bad));
    }
    save(app, &request, Source::Import, &said, |prepared| {
        json(&ImportView::of(&lines, prepared, &beside)).unwrap_or_default()
    })
    .await
}

fn json(view: &ImportView) -> Result<String, Problem> {
    serde_json::to_string(view).map_err(|error| Problem::internal(&error))
}

/// Everything in a table that is not secret.
fn not_secret(said: &[Said], wanted: Wanted) -> impl Serialize {
    let of = |one: &Said| {
        let change = match &one.person {
            Person::Part(change) => Some(change.clone()),
            Person::Whole(_) => None,
        };
        let secrets: BTreeSet<AttributeName> = one.secrets.keys().cloned().collect();
        (one.serial_number.clone(), change, secrets)
    };
    (wanted, said.iter().map(of).collect::<Vec<_>>())
}

#[cfg(test)]
mod tests;
