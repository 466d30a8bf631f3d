//! `GET /api/v1/audit`: who changed or revealed what, newest first.
#![expect(unused_qualifications, reason = "what utoipa writes for `params(Wanted)`")]

use axum::Json;
use axum::extract::State;
use serde::{Deserialize, Serialize};
use store::audit::Entry;
use trust::id::DeviceId;
use trust::time::Timestamp;
use utoipa::{IntoParams, ToSchema};

use crate::app::SharedApp;
use crate::identity::Caller;
use crate::input::QueryOf;
use crate::page::{self, Page};
use crate::problem::{Problem, ProblemView};

/// Which entries are wanted.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub(crate) struct Wanted {
    /// `next_cursor` of the page before.
    cursor: Option<String>,
    /// How many a page has: 1 to 500, 50 unless told.
    limit: Option<u32>,
}

/// An entry of the audit log.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct AuditEntry {
    /// Its place in the log.
    seq: i64,
    /// When it was done.
    at: Timestamp,
    /// Who did it: `api_token:<name>`, `person:<name>`, `device:<id>`, `server` or `operator`.
    actor: String,
    /// What was done, such as `action.accepted`.
    verb: String,
    /// To which device.
    #[schema(value_type = Option<String>, format = "uuid")]
    device_id: Option<DeviceId>,
    /// How that device is called now.
    device_name: Option<String>,
    /// To what: an action's id, a serial number, a token's name.
    subject: Option<String>,
    /// Why, in the actor's words.
    reason: Option<String>,
    /// What more there is to tell; never a secret.
    detail: Option<String>,
}

impl From<Entry> for AuditEntry {
    fn from(entry: Entry) -> Self {
        Self {
            seq: entry.seq,
            at: entry.at,
            actor: entry.actor,
            verb: entry.verb,
            device_id: entry.device_id,
            device_name: entry.device_name,
            subject: entry.subject,
            reason: entry.reason,
            detail: entry.detail,
        }
    }
}

/// Lists the audit log, newest first.
#[utoipa::path(get, path = "/api/v1/audit", tag = "audit", params(Wanted), responses(
    (status = 200, description = "A page of entries", body = Page<AuditEntry>),
    (status = "4XX", description = "A problem", body = ProblemView, content_type = "application/problem+json"),
))]
pub(crate) async fn list_audit(
    State(app): State<SharedApp>,
    caller: Caller,
    QueryOf(wanted): QueryOf<Wanted>,
) -> Result<Json<Page<AuditEntry>>, Problem> {
    let limit = page::limit(wanted.limit)?;
    let before = page::read_cursor(wanted.cursor.as_deref())?;
    let found = store::audit::list(&app.store, caller.organization_id, before, limit + 1).await?;
    Ok(Json(Page::cut(found, limit, |entry| entry.seq, AuditEntry::from)))
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use crate::testing::{Call, FakeMac, TestApp, grant_from_ada_to_bob, healthy_mac};

    #[tokio::test]
    async fn the_log_tells_who_asked_what_of_which_mac_and_why() {
        let app = TestApp::start().await;
        let mac = app.enrolled(FakeMac::new(1, healthy_mac())).await;
        let mut body = grant_from_ada_to_bob();
        body["reason"] = json!("Bob needs FileVault");
        let path = format!("/api/v1/devices/{}/actions", mac.id());
        let action = app.post(path, &body).await.expect(202);
        let audit = app.get("/api/v1/audit?limit=1").await.expect(200);
        let entry = &audit["items"][0];
        assert_eq!(entry["actor"], "api_token:administrator");
        assert_eq!(entry["verb"], "action.accepted");
        assert_eq!(entry["device_id"], mac.id().to_string());
        assert_eq!(entry["device_name"], action["device_name"]);
        assert_eq!(entry["subject"], action["id"]);
        assert_eq!(entry["reason"], "Bob needs FileVault");
        assert_eq!(entry["at"], app.now_ms());
        let detail = entry["detail"].as_str().unwrap();
        assert!(detail.contains("ada") && detail.contains("bob"), "{detail}");
    }

    #[tokio::test]
    async fn the_log_is_read_a_page_at_a_time() {
        let app = TestApp::start().await;
        for number in 1..=3 {
            FakeMac::new(number, healthy_mac()).enroll(&app).await;
        }
        let (mut seen, mut path) = (Vec::new(), "/api/v1/audit?limit=2".to_owned());
        loop {
            let page = app.get(&path).await.expect(200);
            let seqs = page["items"].as_array().unwrap().iter();
            seen.extend(seqs.map(|entry| entry["seq"].as_i64().unwrap()));
            let Some(cursor) = page["next_cursor"].as_str() else {
                break;
            };
            path = format!("/api/v1/audit?limit=2&cursor={cursor}");
        }
        assert_eq!(seen, [7, 6, 5, 4, 3, 2, 1]);
        app.get("/api/v1/audit?cursor=x")
            .await
            .expect_invalid(400, "cursor");
    }

    #[tokio::test]
    async fn who_signs_in_is_told() {
        let app = TestApp::start().await;
        let cookie = app.session().await;
        let answer = app
            .send(Call::get("/api/v1/audit").header("cookie", cookie))
            .await;
        let audit = answer.expect(200);
        assert_eq!(audit["items"][0]["verb"], "session.signed_in");
        assert_eq!(audit["items"][0]["actor"], "person:grace");
    }
}
