//! `GET /api/v1/codes/{code}`: what a code means, why it comes about, and what to do.

use axum::Json;
use trust::code::Code;

use super::view::CodeEntry;
use crate::input::PathOf;
use crate::problem::{Problem, ProblemView};

/// Explains a code.
#[utoipa::path(get, path = "/api/v1/codes/{code}", tag = "codes", security(()), params(("code" = String, Path, description = "The code")), responses(
    (status = 200, description = "Its entry", body = CodeEntry),
    (status = 404, description = "There is no such code", body = ProblemView, content_type = "application/problem+json"),
))]
pub(crate) async fn show_code(PathOf(word): PathOf) -> Result<Json<CodeEntry>, Problem> {
    Code::from_word(&word)
        .map(|code| Json(CodeEntry::from(code)))
        .ok_or_else(Problem::not_found)
}

#[cfg(test)]
mod tests {
    use trust::code::Code;

    use crate::testing::{Call, TestApp};

    #[tokio::test]
    async fn every_code_is_explained_to_everybody() {
        let app = TestApp::start().await;
        let listed = app.send(Call::get("/api/v1/codes")).await.expect(200);
        assert_eq!(listed["items"].as_array().unwrap().len(), Code::ALL.len());
        for (code, entry) in Code::ALL.iter().zip(listed["items"].as_array().unwrap()) {
            let shown = app
                .send(Call::get(format!("/api/v1/codes/{code}")))
                .await
                .expect(200);
            assert_eq!(&shown, entry);
            assert_eq!(shown["code"], code.word());
            assert_eq!(shown["fix"], code.entry().fix);
        }
        let unknown = app.send(Call::get("/api/v1/codes/nonsense")).await;
        unknown.expect_problem(404, "not_found");
    }
}
