//! `GET /api/v1/audit/export`: the whole log as a chain that can be checked without this server.

use std::sync::Arc;

use audit_chain::{Checkpoint, Line};
use axum::body::Body;
use axum::extract::State;
use axum::http::header;
use axum::response::{IntoResponse as _, Response};
use futures_util::stream::try_unfold;
use store::audit_seal::{self, Sealed};

use super::seal::{chained, seal, sign};
use crate::app::SharedApp;
use crate::identity::Caller;
use crate::problem::{Problem, ProblemView};

/// How many entries are read at a time.
const CHUNK: u32 = 500;

/// What the export does next.
enum Next {
    /// The first line, then the entries.
    Begin,
    /// The entries behind this place.
    After(u64),
    /// Nothing: it was the end.
    Over,
}

/// The audit log as JSON lines: whose it is, every entry with its place in the chain and its hash, and the signatures, the last
/// of them on everything above it. `bestow audit verify` checks it anywhere.
#[utoipa::path(get, path = "/api/v1/audit/export", tag = "audit", responses(
    (status = 200, description = "The log, a JSON object a line", body = String, content_type = "application/jsonl"),
    (status = "4XX", description = "A problem", body = ProblemView, content_type = "application/problem+json"),
))]
pub(crate) async fn export_audit(State(app): State<SharedApp>, caller: Caller) -> Result<Response, Problem> {
    let head = seal(&app, caller.organization_id).await?;
    let end = Arc::new(sign(&app, caller.organization_id, head).await?);
    let lines = try_unfold(Next::Begin, move |next| {
        let (app, end) = (Arc::clone(&app), Arc::clone(&end));
        async move { lines(&app, &end, next).await.map_err(broken_off) }
    });
    let headers = [
        (header::CONTENT_TYPE, "application/jsonl"),
        (
            header::CONTENT_DISPOSITION,
            "attachment; filename=\"audit.jsonl\"",
        ),
    ];
    Ok((headers, Body::from_stream(lines)).into_response())
}

/// The answer has begun: it can only be broken off, and then lacks its last signature.
fn broken_off(_: Problem) -> std::io::Error {
    std::io::Error::other("the audit log could not be read")
}

/// The next lines, and what comes behind them.
async fn lines(app: &SharedApp, end: &Checkpoint, next: Next) -> Result<Option<(String, Next)>, Problem> {
    let organization_id = end.organization_id;
    let after = match next {
        Next::Begin => {
            let first = text(&Line::Chain { organization_id })?;
            return Ok(Some((first, Next::After(0))));
        }
        Next::After(after) => after,
        Next::Over => return Ok(None),
    };
    let range = (after, end.position);
    let entries = audit_seal::list(&app.store, organization_id, range, CHUNK).await?;
    let Some(last) = entries.last().map(|last| last.position) else {
        let last = text(&Line::Checkpoint(end.clone()))?;
        return Ok(Some((last, Next::Over)));
    };
    let mut texts = String::new();
    for entry in entries {
        append(&mut texts, entry, end.position)?;
    }
    Ok(Some((texts, Next::After(last))))
}

/// An entry, and the signature that was made behind it. The one at the end follows by itself.
fn append(texts: &mut String, sealed: Sealed, end: u64) -> Result<(), Problem> {
    let position = sealed.position;
    let hash = sealed.hash.parse().map_err(|error| Problem::internal(&error))?;
    texts.push_str(&text(&Line::Entry {
        position,
        hash,
        entry: chained(sealed.entry),
    })?);
    if let Some(checkpoint) = sealed.checkpoint.filter(|_| position < end) {
        let checkpoint = serde_json::from_str(&checkpoint).map_err(|error| Problem::internal(&error))?;
        texts.push_str(&text(&Line::Checkpoint(checkpoint))?);
    }
    Ok(())
}

fn text(line: &Line) -> Result<String, Problem> {
    let mut text = serde_json::to_string(line).map_err(|error| Problem::internal(&error))?;
    text.push('\n');
    Ok(text)
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use audit_chain::{Broken, Verified, Verifier};

    use crate::audit::seal::seal_all;
    use crate::testing::{FakeMac, TestApp, healthy_mac};

    fn verify(export: &str) -> Result<Verified, Broken> {
        let mut verifier = Verifier::new(None);
        export.lines().try_for_each(|line| verifier.read(line))?;
        verifier.end()
    }

    #[tokio::test]
    async fn what_is_exported_is_a_whole_chain() {
        let app = TestApp::start().await;
        let mac = app.enrolled(FakeMac::new(1, healthy_mac())).await;
        seal_all(&app.app).await.unwrap();
        app.grant(&mac).await;
        app.advance(Duration::from_mins(10));
        seal_all(&app.app).await.unwrap();
        app.grant(&mac).await;
        let export = app.get("/api/v1/audit/export").await;
        let listed = app.get("/api/v1/audit?limit=500").await.expect(200);
        let verified = verify(&export.text).unwrap();
        assert_eq!(verified.entries, listed["items"].as_array().unwrap().len() as u64);
        assert_eq!(verified.key, app.app.audit_signer.key());
        assert_eq!(verified.organization_id, app.setup.organization_id());
        assert_eq!(
            export.text.matches("\"checkpoint\"").count(),
            3,
            "{}",
            export.text
        );
        // Exported twice, it is the same.
        assert_eq!(export.text, app.get("/api/v1/audit/export").await.text);
    }

    #[tokio::test]
    async fn a_past_that_was_written_anew_in_the_database_is_found() {
        let app = TestApp::start().await;
        let mac = app.enrolled(FakeMac::new(1, healthy_mac())).await;
        app.grant(&mac).await;
        let export = app.get("/api/v1/audit/export").await.text;
        let forged = export.replacen("device.enrolled", "device.approved", 1);
        assert_ne!(forged, export);
        assert!(matches!(verify(&forged), Err(Broken::Entry(_))));
    }

    #[tokio::test]
    async fn two_that_seal_at_once_make_one_chain() {
        let app = TestApp::start().await;
        for number in 1..=5 {
            FakeMac::new(number, healthy_mac()).enroll(&app).await;
        }
        let organization_id = app.setup.organization_id();
        let seal = || super::seal(&app.app, organization_id);
        let (one, other, third) = tokio::join!(seal(), seal(), seal());
        let heads = [one.unwrap(), other.unwrap(), third.unwrap()];
        assert!(heads.iter().all(|head| *head == heads[0]), "{heads:?}");
        verify(&app.get("/api/v1/audit/export").await.text).unwrap();
    }

    #[tokio::test]
    async fn another_organisations_log_is_another_chain() {
        let app = TestApp::start().await;
        let foreign = app.foreign_token().await;
        let call = crate::testing::Call::get("/api/v1/audit/export").bearer(&foreign);
        let export = app.send(call).await.text;
        let verified = verify(&export).unwrap();
        assert_eq!(verified.entries, 1);
        assert_ne!(verified.organization_id, app.setup.organization_id());
    }
}
