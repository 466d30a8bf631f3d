//! `GET /api/v1/codes/{code}`: what a code means, why it comes about, and what to do.

use axum::Json;
use axum::extract::Path;
use trust::code::Code;

use super::view::CodeEntry;
use crate::problem::Problem;

/// Explains a code.
#[utoipa::path(get, path = "/api/v1/codes/{code}", tag = "codes", security(()), params(("code" = String, Path, description = "The code")), responses(
    (status = 200, description = "Its entry", body = CodeEntry),
    (status = 404, description = "There is no such code", body = Problem, content_type = "application/problem+json"),
))]
pub(crate) async fn show_code(Path(word): Path<String>) -> Result<Json<CodeEntry>, Problem> {
    Code::from_word(&word)
        .map(|code| Json(CodeEntry::from(code)))
        .ok_or_else(Problem::not_found)
}
