//! `GET /api/v1/actions`: actions, newest first.
#![expect(unused_qualifications, reason = "what utoipa writes for `params(…)`")]

use axum::Json;
use axum::extract::State;
use serde::Deserialize;
use store::action::{self, Filter};
use trust::action::ActionState;
use trust::id::DeviceId;
use utoipa::IntoParams;

use super::view::ActionView;
use crate::app::{App, SharedApp};
use crate::identity::Caller;
use crate::input::QueryOf;
use crate::page::{self, Page};
use crate::problem::{Problem, ProblemView};

/// Which actions are wanted.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub(crate) struct Wanted {
    /// Only those in this state.
    state: Option<String>,
    /// `next_cursor` of the page before.
    cursor: Option<String>,
    /// How many a page has: 1 to 500, 50 unless told.
    limit: Option<u32>,
}

/// Of which device.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub(crate) struct OfDevice {
    /// Only those of this device.
    device_id: Option<String>,
}

impl Wanted {
    /// The filter that finds them.
    pub(crate) fn filter(&self, device_id: Option<DeviceId>) -> Result<Filter, Problem> {
        let state = match &self.state {
            None => None,
            Some(word) => Some(ActionState::from_word(word).ok_or_else(|| {
                let rule =
                    "is one of queued, offered, running, succeeded, failed, refused, expired, cancelled";
                Problem::invalid("state", rule)
            })?),
        };
        Ok(Filter {
            device_id,
            state,
            before: page::read_cursor(self.cursor.as_deref())?,
            limit: page::limit(self.limit)?,
        })
    }
}

/// Lists actions, newest first.
#[utoipa::path(get, path = "/api/v1/actions", tag = "actions", params(OfDevice, Wanted), responses(
    (status = 200, description = "A page of actions", body = Page<ActionView>),
    (status = "4XX", description = "A problem", body = ProblemView, content_type = "application/problem+json"),
))]
pub(crate) async fn list_actions(
    State(app): State<SharedApp>,
    caller: Caller,
    QueryOf(of): QueryOf<OfDevice>,
    QueryOf(wanted): QueryOf<Wanted>,
) -> Result<Json<Page<ActionView>>, Problem> {
    let device_id = match of.device_id.as_deref().map(str::parse) {
        None => None,
        Some(Ok(id)) => Some(id),
        Some(Err(_)) => return Err(Problem::invalid("device_id", "is a UUID")),
    };
    page_of(&app, &caller, wanted.filter(device_id)?).await.map(Json)
}

/// A page of the actions that `filter` finds.
pub(crate) async fn page_of(app: &App, caller: &Caller, filter: Filter) -> Result<Page<ActionView>, Problem> {
    super::expire_due(app).await?;
    let limit = filter.limit;
    let asked = Filter {
        limit: limit + 1,
        ..filter
    };
    let found = action::list(&app.store, caller.organization_id, &asked).await?;
    Ok(Page::cut(
        found,
        limit,
        |action| (action.created_at, action.envelope.id),
        ActionView::from,
    ))
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use crate::testing::{FakeMac, TestApp, healthy_mac};

    #[tokio::test]
    async fn actions_are_listed_newest_first_and_filtered() {
        let app = TestApp::start().await;
        let first = app.enrolled(FakeMac::new(1, healthy_mac())).await;
        let second = app.enrolled(FakeMac::new(2, healthy_mac())).await;
        let mut ids = Vec::new();
        for mac in [&first, &second, &first] {
            app.advance(Duration::from_secs(1));
            ids.push(app.grant(mac).await["id"].clone());
        }
        ids.reverse();
        first.start(&app, &ids[2]).await.expect(200);

        let listed = async |query: &str| {
            let answer = app.get(format!("/api/v1/actions{query}")).await.expect(200);
            let items = answer["items"].as_array().unwrap().clone();
            items
                .into_iter()
                .map(|item| item["id"].clone())
                .collect::<Vec<_>>()
        };
        assert_eq!(listed("").await, ids);
        assert_eq!(listed("?state=running").await, [ids[2].clone()]);
        let of_first = format!("?device_id={}", first.id());
        assert_eq!(listed(&of_first).await, [ids[0].clone(), ids[2].clone()]);
        assert_eq!(
            listed(&format!("{of_first}&state=queued")).await,
            [ids[0].clone()]
        );

        let page = app.get("/api/v1/actions?limit=2").await.expect(200);
        let cursor = page["next_cursor"].as_str().unwrap();
        assert_eq!(
            listed(&format!("?limit=2&cursor={cursor}")).await,
            [ids[2].clone()]
        );

        let of_device = app
            .get(format!("/api/v1/devices/{}/actions", second.id()))
            .await
            .expect(200);
        assert_eq!(of_device["items"][0]["id"], ids[1]);
        assert_eq!(of_device["items"].as_array().unwrap().len(), 1);
    }

    #[tokio::test]
    async fn what_is_no_filter_is_refused() {
        let app = TestApp::start().await;
        app.get("/api/v1/actions?state=sleeping")
            .await
            .expect_invalid(400, "state");
        app.get("/api/v1/actions?device_id=1")
            .await
            .expect_invalid(400, "device_id");
        app.get("/api/v1/actions?limit=0")
            .await
            .expect_invalid(400, "limit");
        app.get("/api/v1/actions?cursor=AAAA")
            .await
            .expect_invalid(400, "cursor");
    }
}
