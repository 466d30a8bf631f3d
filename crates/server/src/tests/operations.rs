//! The operations of the API, as its document lists them.

use axum::http::Method;

use crate::routes;

/// Every operation of the document: its method, its path, and whether the document calls it public.
pub(crate) fn operations() -> Vec<(Method, String, bool)> {
    let (_, document) = routes::api().split_for_parts();
    let document = serde_json::to_value(&document).unwrap();
    let paths = document["paths"].as_object().unwrap();
    let mut operations = Vec::new();
    for (path, item) in paths {
        for (method, operation) in item.as_object().unwrap() {
            let Ok(method) = method.to_uppercase().parse::<Method>() else {
                continue;
            };
            let is_public = operation["security"] == serde_json::json!([{}]);
            operations.push((method, path.clone(), is_public));
        }
    }
    operations
}

/// An address of this path; what it names is not there.
pub(crate) fn example(path: &str) -> String {
    path.replace("{id}", "00000000-0000-4000-8000-000000000000")
        .replace("{code}", "chain_broken")
        .replace("{serial_number}", "SERIAL1")
        .replace("{kind}", "personal_recovery_key")
        .replace("{name}", "nobody")
        .replace("{link}", "unknown")
        .replace("{form}", "grant-secure-token")
}
