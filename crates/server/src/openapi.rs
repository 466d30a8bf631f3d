//! `GET /api/v1/openapi.json`: the API, described.

use std::sync::Arc;

use axum::Json;
use axum::extract::Extension;
use utoipa::openapi::security::{ApiKey, ApiKeyValue, HttpAuthScheme, HttpBuilder, SecurityScheme};
use utoipa::{Modify, OpenApi};

/// What the document says beside its operations, which come from the table of routes.
#[derive(OpenApi)]
#[openapi(
    info(
        title = "Bestow",
        description = "Shows who holds a Secure Token on every Mac of a fleet, and hands it on. \
            Times are milliseconds since 1970-01-01T00:00:00Z. Refusals are RFC 9457 problems with a stable `code`. \
            Every request that changes something carries an `Idempotency-Key`; the same request with the same key is \
            carried out once and answered the same.",
        license(name = "Apache-2.0 OR MIT"),
    ),
    security(("api_token" = []), ("session" = [])),
    modifiers(&Securities),
)]
pub(crate) struct Document;

struct Securities;

impl Modify for Securities {
    fn modify(&self, openapi: &mut utoipa::openapi::OpenApi) {
        let components = openapi.components.get_or_insert_default();
        let bearer = HttpBuilder::new().scheme(HttpAuthScheme::Bearer).build();
        components.add_security_scheme("api_token", SecurityScheme::Http(bearer));
        let cookie = ApiKey::Cookie(ApiKeyValue::new("bestow_session"));
        components.add_security_scheme("session", SecurityScheme::ApiKey(cookie));
    }
}

/// Serves the document.
pub(crate) async fn show_openapi(
    Extension(document): Extension<Arc<utoipa::openapi::OpenApi>>,
) -> Json<utoipa::openapi::OpenApi> {
    Json(utoipa::openapi::OpenApi::clone(&document))
}

#[cfg(test)]
mod tests {
    use crate::testing::{Call, TestApp};

    #[tokio::test]
    async fn the_document_is_the_one_that_was_agreed() {
        let app = TestApp::start().await;
        let document = app.send(Call::get("/api/v1/openapi.json")).await.expect(200);
        insta::assert_json_snapshot!("openapi", document);
    }
}
