//! `GET /api/v1/devices/{id}/timeline`: what happened to a device, newest first.
#![expect(unused_qualifications, reason = "what utoipa writes for `params(Wanted)`")]

use axum::Json;
use axum::extract::State;
use serde::{Deserialize, Serialize};
use store::audit::Entry;
use store::device::Device;
use store::trust_edge::RecordedEdge;
use trust::code::Code;
use trust::escrow::EscrowKind;
use trust::id::ActionId;
use trust::outcome::TrustEdge;
use trust::service_account::DeedKind;
use trust::time::Timestamp;
use utoipa::{IntoParams, ToSchema};

use crate::app::{App, SharedApp};
use crate::identity::Caller;
use crate::input::{PathOf, QueryOf};
use crate::page::{self, Page};
use crate::problem::{Problem, ProblemView};

/// Which events are wanted.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub(crate) struct Wanted {
    /// `next_cursor` of the page before.
    cursor: Option<String>,
    /// How many a page has: 1 to 500, 50 unless told.
    limit: Option<u32>,
}

/// Something that happened to a device.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub(crate) struct TimelineEvent {
    /// Its place in the audit log.
    pub seq: i64,
    /// When it was noted.
    pub at: Timestamp,
    /// What happened: the verb of the audit log, such as `action.accepted` or `token.changed`.
    pub verb: String,
    /// Who did it or told of it, as in the audit log.
    pub actor: String,
    /// The action that it is about.
    #[schema(value_type = Option<String>, format = "uuid")]
    pub action_id: Option<ActionId>,
    /// The account that it is about, by record name, when a token changed or an agent did something by itself.
    pub account: Option<String>,
    /// The kind of secret that it is about, where the vault tells.
    pub secret: Option<EscrowKind>,
    /// What an agent did by itself.
    pub deed: Option<DeedKind>,
    /// The code with which an action ended, or what an agent did by itself.
    pub code: Option<Code>,
    /// Why, in the actor's words.
    pub reason: Option<String>,
    /// What more there is to tell, such as `absent -> usable`.
    pub detail: Option<String>,
    /// The hand-over that an action ended with.
    pub edge: Option<TrustEdge>,
}

impl TimelineEvent {
    fn of(entry: Entry, edges: &[RecordedEdge]) -> Self {
        let is_action = entry.verb.starts_with("action.");
        let is_end = is_action && !matches!(entry.verb.as_str(), "action.accepted" | "action.started");
        let subject = entry.subject.as_deref();
        let action_id: Option<ActionId> = subject.filter(|_| is_action).and_then(|id| id.parse().ok());
        let edge = edges
            .iter()
            .find(|edge| action_id.is_some() && edge.action_id == action_id);
        let detail = entry.detail.as_deref().unwrap_or_default();
        let (deed, ended) = match detail.split_once(": ") {
            Some((kind, code)) if entry.verb == "service_account.deed" => {
                (DeedKind::from_word(kind), Some(code))
            }
            _ => (None, Some(detail).filter(|_| is_end)),
        };
        Self {
            seq: entry.seq,
            at: entry.at,
            secret: subject
                .filter(|_| entry.verb.starts_with("escrow."))
                .and_then(EscrowKind::from_word),
            deed,
            code: ended.and_then(Code::from_word),
            edge: edge.filter(|_| is_end).map(|recorded| recorded.edge.clone()),
            action_id,
            account: entry
                .subject
                .filter(|_| matches!(entry.verb.as_str(), "token.changed" | "service_account.deed")),
            verb: entry.verb,
            actor: entry.actor,
            reason: entry.reason,
            detail: entry.detail,
        }
    }
}

/// Lists what happened to a device, newest first: its actions, its tokens, and itself.
#[utoipa::path(get, path = "/api/v1/devices/{id}/timeline", tag = "devices", params(("id" = String, Path, description = "The device"), Wanted), responses(
    (status = 200, description = "A page of events", body = Page<TimelineEvent>),
    (status = "4XX", description = "A problem", body = ProblemView, content_type = "application/problem+json"),
))]
pub(crate) async fn list_device_timeline(
    State(app): State<SharedApp>,
    caller: Caller,
    PathOf(id): PathOf,
    QueryOf(wanted): QueryOf<Wanted>,
) -> Result<Json<Page<TimelineEvent>>, Problem> {
    let device = super::find(&app, &caller, &id).await?;
    let limit = page::limit(wanted.limit)?;
    let before = page::read_cursor(wanted.cursor.as_deref())?;
    timeline(&app, &device, before, limit).await.map(Json)
}

/// A page of what happened to `device` before the event `before`. What happened to a device whose place it took belongs
/// to it.
pub(crate) async fn timeline(
    app: &App,
    device: &Device,
    before: Option<i64>,
    limit: u32,
) -> Result<Page<TimelineEvent>, Problem> {
    let (organization_id, id) = (device.organization_id, device.id);
    let found = store::audit::list_of_device(&app.store, organization_id, id, before, limit + 1).await?;
    let edges = store::trust_edge::list(&app.store, organization_id, id).await?;
    Ok(Page::cut(
        found,
        limit,
        |entry| entry.seq,
        |entry| TimelineEvent::of(entry, &edges),
    ))
}

#[cfg(test)]
mod tests {
    use serde_json::Value;
    use trust::observation::TokenLabel;

    use crate::clock::Clock as _;
    use crate::testing::{FakeMac, TestApp, account, healthy_mac, mac_with};

    fn verbs(page: &Value) -> Vec<String> {
        let items = page["items"].as_array().unwrap().iter();
        items
            .map(|event| event["verb"].as_str().unwrap().to_owned())
            .collect()
    }

    #[tokio::test]
    async fn a_grant_is_told_from_its_order_to_the_changed_token() {
        let app = TestApp::start().await;
        let mut mac = app.enrolled(FakeMac::new(1, healthy_mac())).await;
        app.enrolled(FakeMac::new(2, healthy_mac())).await;
        let action = app.grant(&mac).await;
        mac.start(&app, &action["id"]).await.expect(200);
        let outcome = mac.granted(app.clock.now());
        mac.observation = mac_with(vec![
            account("ada", 501, true, TokenLabel::Enabled),
            account("bob", 502, false, TokenLabel::Enabled),
        ]);
        mac.report(&app, &action["id"], outcome).await.expect(200);

        let path = format!("/api/v1/devices/{}/timeline", mac.id());
        let whole = app.get(&path).await.expect(200);
        assert_eq!(
            verbs(&whole),
            [
                "action.succeeded",
                "token.changed",
                "action.started",
                "action.accepted",
                "device.enrolled",
            ]
        );
        let events = &whole["items"];
        assert_eq!(events[0]["action_id"], action["id"]);
        assert_eq!(events[0]["code"], "granted");
        assert_eq!(events[0]["edge"]["granter"], "ada");
        assert_eq!(events[1]["account"], "bob");
        assert_eq!(events[1]["detail"], "absent -> unverified");
        assert!(events[2]["edge"].is_null() && events[3]["code"].is_null());

        let (mut seen, mut next) = (Vec::new(), format!("{path}?limit=2"));
        loop {
            let page = app.get(&next).await.expect(200);
            seen.extend(verbs(&page));
            let Some(cursor) = page["next_cursor"].as_str() else {
                break;
            };
            next = format!("{path}?limit=2&cursor={cursor}");
        }
        assert_eq!(seen, verbs(&whole));
    }

    #[tokio::test]
    async fn what_is_no_page_is_refused() {
        let app = TestApp::start().await;
        let mac = app.enrolled(FakeMac::new(1, healthy_mac())).await;
        let path = format!("/api/v1/devices/{}/timeline", mac.id());
        for (query, field) in [("limit=0", "limit"), ("cursor=x", "cursor")] {
            app.get(format!("{path}?{query}"))
                .await
                .expect_invalid(400, field);
        }
    }
}
