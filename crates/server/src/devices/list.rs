//! `GET /api/v1/devices`: devices by name.
#![expect(unused_qualifications, reason = "what utoipa writes for `params(Wanted)`")]

use axum::Json;
use axum::extract::State;
use serde::Deserialize;
use store::device::{self, NOT_OBSERVED};
use store::finding::EASILY_RECOVERED;
use trust::chain::Health;
use trust::code::Code;
use trust::id::DeviceId;
use trust::service_account::Status;
use utoipa::IntoParams;

use super::standing::standing;
use super::view::DeviceSummary;
use crate::app::SharedApp;
use crate::attention::filter::{Filter, Narrowed};
use crate::identity::Caller;
use crate::input::QueryOf;
use crate::page::{self, Page};
use crate::problem::{Problem, ProblemView};

/// Which devices are wanted.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub(crate) struct Wanted {
    /// Only those of whose name, serial number, hardware UUID or model a word begins with each word of this. A serial
    /// number is found by any three of its characters, too.
    q: Option<String>,
    /// Only those whose chain of trust is worth this: `can_grant`, `only_standard_holders`, `broken`,
    /// `no_tokens`, `unknown` or `not_observed`.
    state: Option<String>,
    /// Only those with a finding of this code.
    finding: Option<String>,
    /// Only those whose service account stands like this: `valid`, `invalid`, `awaiting_first_login`, `unknown` or
    /// `not_wanted`; or `easily_recovered`, which is invalid while an administrator of the Mac holds a token.
    service_account: Option<String>,
    /// Only those with this warning of their score, such as `no_recovery_key`: what hangs by a thread. Not together with
    /// `needs_attention`.
    warning: Option<String>,
    /// Only those whose score lies in this band: `0-19`, `20-39`, `40-59`, `60-79` or `80-100`. Not together with
    /// `needs_attention`.
    score: Option<String>,
    /// Whether only those are wanted that need attention.
    needs_attention: Option<bool>,
    /// `next_cursor` of the page before.
    cursor: Option<String>,
    /// How many a page has: 1 to 500, 50 unless told.
    limit: Option<u32>,
}

/// Lists devices in the order of their names.
#[utoipa::path(get, path = "/api/v1/devices", tag = "devices", params(Wanted, Narrowed), responses(
    (status = 200, description = "A page of devices", body = Page<DeviceSummary>),
    (status = "4XX", description = "A problem", body = ProblemView, content_type = "application/problem+json"),
))]
pub(crate) async fn list_devices(
    State(app): State<SharedApp>,
    caller: Caller,
    QueryOf(wanted): QueryOf<Wanted>,
    QueryOf(narrowed): QueryOf<Narrowed>,
) -> Result<Json<Page<DeviceSummary>>, Problem> {
    let grace = crate::attention::grace(&app, caller.organization_id).await?;
    let filter = Filter::read(&narrowed)?;
    if !filter.is_empty() && wanted.needs_attention != Some(true) {
        let says = "is `true` where `reason`, `turn`, `remedy`, `owner` or `muted` is given";
        return Err(Problem::invalid("needs_attention", says));
    }
    let standing = standing(wanted.warning.as_deref(), wanted.score.as_deref())?;
    if !standing.is_empty() && wanted.needs_attention == Some(true) {
        let says = "is left out where `warning` or `score` is given";
        return Err(Problem::invalid("needs_attention", says));
    }
    let limit = page::limit(wanted.limit)?;
    let after: Option<(String, DeviceId)> = page::read_cursor(wanted.cursor.as_deref())?;
    let asked = device::Page {
        containing: wanted.q.unwrap_or_default(),
        chain: chain_word(wanted.state)?,
        finding: finding_code(wanted.finding.as_deref())?,
        service_account: service_account_word(wanted.service_account)?,
        standing,
        needing: (wanted.needs_attention == Some(true)).then(|| filter.needing(grace, app.now())),
        after,
        limit: limit + 1,
    };
    let found = device::list(&app.store, caller.organization_id, &asked).await?;
    Ok(Json(Page::cut(
        found,
        limit,
        |device| (device.name.to_lowercase(), device.id),
        |device| DeviceSummary::of(&device, &app, grace),
    )))
}

/// The word of a chain's worth; an empty one asks for nothing.
pub(crate) fn chain_word(asked: Option<String>) -> Result<Option<String>, Problem> {
    let Some(asked) = asked.filter(|asked| !asked.is_empty()) else {
        return Ok(None);
    };
    let is_known = asked == NOT_OBSERVED || Health::ALL.iter().any(|health| health.word() == asked);
    if is_known {
        Ok(Some(asked))
    } else {
        let says =
            "is `can_grant`, `only_standard_holders`, `broken`, `no_tokens`, `unknown` or `not_observed`";
        Err(Problem::invalid("state", says))
    }
}

/// The word of a service account's status or class; an empty one asks for nothing.
pub(crate) fn service_account_word(asked: Option<String>) -> Result<Option<String>, Problem> {
    let Some(asked) = asked.filter(|asked| !asked.is_empty()) else {
        return Ok(None);
    };
    if asked == EASILY_RECOVERED || Status::WORDS.contains(&asked.as_str()) {
        Ok(Some(asked))
    } else {
        let says =
            "is `valid`, `invalid`, `easily_recovered`, `awaiting_first_login`, `unknown` or `not_wanted`";
        Err(Problem::invalid("service_account", says))
    }
}

/// The code of a finding; an empty one asks for nothing.
pub(crate) fn finding_code(asked: Option<&str>) -> Result<Option<Code>, Problem> {
    let Some(asked) = asked.filter(|asked| !asked.is_empty()) else {
        return Ok(None);
    };
    Code::from_word(asked)
        .map(Some)
        .ok_or_else(|| Problem::invalid("finding", "is a code of the catalogue"))
}

#[cfg(test)]
mod tests {
    use crate::testing::{FakeMac, TestApp, healthy_mac, mac_without_holders};

    #[tokio::test]
    async fn devices_are_listed_a_page_at_a_time() {
        let app = TestApp::start().await;
        for number in [3, 1, 2] {
            app.enrolled(FakeMac::new(number, healthy_mac())).await;
        }
        let first = app.get("/api/v1/devices?limit=2").await.expect(200);
        assert_eq!(first["items"][0]["name"], "Mac 1");
        assert_eq!(first["items"][1]["name"], "Mac 2");
        let cursor = first["next_cursor"].as_str().unwrap();
        let second = app
            .get(format!("/api/v1/devices?limit=2&cursor={cursor}"))
            .await
            .expect(200);
        assert_eq!(second["items"].as_array().unwrap().len(), 1);
        assert_eq!(second["items"][0]["name"], "Mac 3");
        assert!(second["next_cursor"].is_null());
    }

    #[tokio::test]
    async fn a_device_is_shown_in_a_line() {
        let app = TestApp::start().await;
        let mac = app.enrolled(FakeMac::new(1, healthy_mac())).await;
        let listed = app.get("/api/v1/devices?q=serial1").await.expect(200);
        let mut shown = listed["items"][0].clone();
        assert_eq!(shown["id"], mac.id().to_string());
        shown["id"] = "[id]".into();
        assert_eq!(shown["attention"]["standing"], "too_new");
        shown["attention"] = "[attention]".into();
        insta::assert_json_snapshot!(shown, @r#"
        {
          "accounts": 2,
          "agent_version": "0.1.0",
          "attention": "[attention]",
          "chain": "can_grant",
          "chip": "apple_silicon",
          "easily_recovered": false,
          "enrolled_at": 1770000000000,
          "filevault": "on",
          "findings": {
            "advice": 1,
            "critical": 0,
            "problem": 1
          },
          "hardware_uuid": "00000000-0000-4000-8000-000000000001",
          "holders": 1,
          "id": "[id]",
          "key_fingerprint": "5156 7625 61e0 9214 708b e2f3 bc10 d46f",
          "last_seen_at": 1770000000000,
          "model": "Mac14,2",
          "name": "Mac 1",
          "observed_at": 1770000000000,
          "online": true,
          "os_build": "24C101",
          "os_version": "15.2",
          "pending": false,
          "serial_number": "SERIAL1",
          "service_account": "unknown",
          "volume_format": "apfs"
        }
        "#);
        let none = app.get("/api/v1/devices?q=nothing").await.expect(200);
        assert!(none["items"].as_array().unwrap().is_empty());
    }

    #[tokio::test]
    async fn devices_are_found_by_the_state_of_their_chain_and_by_their_findings() {
        let app = TestApp::start().await;
        app.enrolled(FakeMac::new(1, healthy_mac())).await;
        app.enrolled(FakeMac::new(2, mac_without_holders())).await;
        FakeMac::new(3, healthy_mac()).enroll(&app).await;
        let names = async |query: &str| -> Vec<String> {
            let found = app.get(format!("/api/v1/devices?{query}")).await.expect(200);
            let items = found["items"].as_array().unwrap().iter();
            items
                .map(|device| device["name"].as_str().unwrap().to_owned())
                .collect()
        };
        assert_eq!(names("state=can_grant").await, ["Mac 1"]);
        assert_eq!(names("state=broken").await, ["Mac 2"]);
        assert_eq!(names("state=not_observed").await, ["Mac 3"]);
        assert_eq!(names("finding=chain_broken").await, ["Mac 2"]);
        assert_eq!(names("finding=missing_from_start_up_screen").await.len(), 2);
        let both = names("finding=missing_from_start_up_screen&state=can_grant").await;
        assert_eq!(both, ["Mac 1"]);
        assert_eq!(
            names("finding=chain_broken&q=mac%201").await,
            Vec::<String>::new()
        );
        assert_eq!(names("state=&finding=").await.len(), 3);
        for (query, field) in [("state=fine", "state"), ("finding=nonsense", "finding")] {
            let answer = app.get(format!("/api/v1/devices?{query}")).await;
            answer.expect_invalid(400, field);
        }
    }

    #[tokio::test]
    async fn devices_are_found_by_what_hangs_by_a_thread_and_by_their_score() {
        let app = TestApp::start().await;
        app.enrolled(FakeMac::new(1, healthy_mac())).await;
        app.enrolled(FakeMac::new(2, mac_without_holders())).await;
        app.enrolled(FakeMac::new(3, healthy_mac())).await;
        let names = async |query: &str| -> Vec<String> {
            let found = app.get(format!("/api/v1/devices?{query}")).await.expect(200);
            let items = found["items"].as_array().unwrap().iter();
            items
                .map(|device| device["name"].as_str().unwrap().to_owned())
                .collect()
        };
        assert_eq!(names("warning=nobody_can_grant").await, ["Mac 2"]);
        assert_eq!(names("warning=one_holder").await, ["Mac 1", "Mac 3"]);
        assert_eq!(names("warning=no_recovery_key").await.len(), 3);
        assert_eq!(names("warning=no_recovery_key&q=mac%203").await, ["Mac 3"]);
        assert_eq!(names("warning=no_recovery_key&state=broken").await, ["Mac 2"]);
        // Behind each number of the fleet stand just so many Macs.
        let fleet = app.get("/api/v1/resilience").await.expect(200);
        for band in fleet["bands"].as_array().unwrap() {
            let found = names(&format!("score={}-{}", band["from"], band["to"])).await;
            assert_eq!(band["devices"], found.len(), "{band}");
        }
        for warning in fleet["warnings"].as_array().unwrap() {
            let found = names(&format!("warning={}", warning["warning"].as_str().unwrap())).await;
            assert_eq!(warning["devices"], found.len(), "{warning}");
        }
        let score = |found: &[String]| found.contains(&"Mac 2".to_owned());
        assert!(score(&names("score=0-19&warning=nobody_can_grant").await));
        assert_eq!(names("score=80-100").await, Vec::<String>::new());
        let first = app
            .get("/api/v1/devices?warning=one_holder&limit=1")
            .await
            .expect(200);
        let cursor = first["next_cursor"].as_str().unwrap();
        assert_eq!(
            names(&format!("warning=one_holder&limit=1&cursor={cursor}")).await,
            ["Mac 3"]
        );
        for (query, field) in [
            ("warning=nonsense", "warning"),
            ("score=7", "score"),
            ("score=0-19&needs_attention=true", "needs_attention"),
        ] {
            let answer = app.get(format!("/api/v1/devices?{query}")).await;
            answer.expect_invalid(400, field);
        }
    }

    #[tokio::test]
    async fn what_is_not_a_page_is_refused() {
        let app = TestApp::start().await;
        app.get("/api/v1/devices?limit=0")
            .await
            .expect_invalid(400, "limit");
        app.get("/api/v1/devices?limit=501")
            .await
            .expect_invalid(400, "limit");
        app.get("/api/v1/devices?limit=many")
            .await
            .expect_invalid(400, "query");
        app.get("/api/v1/devices?cursor=nonsense")
            .await
            .expect_invalid(400, "cursor");
    }
}
