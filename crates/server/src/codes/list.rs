//! `GET /api/v1/codes`: every code with its cause and its cure.

use axum::Json;
use serde::Serialize;
use trust::code::Code;
use utoipa::ToSchema;

use super::view::CodeEntry;

/// The catalogue.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct Codes {
    /// Every code.
    items: Vec<CodeEntry>,
}

/// Lists the catalogue of codes.
#[utoipa::path(get, path = "/api/v1/codes", tag = "codes", security(()), responses(
    (status = 200, description = "Every code", body = Codes),
))]
pub(crate) async fn list_codes() -> Json<Codes> {
    Json(Codes {
        items: Code::ALL.iter().copied().map(CodeEntry::from).collect(),
    })
}
