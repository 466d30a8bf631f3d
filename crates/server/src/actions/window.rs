//! When an agent may begin an action.

use std::time::Duration;

use trust::time::Timestamp;

use super::input::Terms;
use crate::problem::Problem;

/// How long an agent has to begin, unless the caller says.
const USUAL_VALIDITY: Duration = Duration::from_hours(7 * 24);

/// How long an agent has to begin, and how far ahead that may lie, at most.
const LONGEST_VALIDITY: Duration = Duration::from_hours(30 * 24);

/// The time in which an agent may begin.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Window {
    /// It is shown the action no earlier.
    pub not_before: Option<Timestamp>,
    /// It does not begin later.
    pub not_after: Timestamp,
}

impl Window {
    /// The window that `terms` ask for at `now`.
    pub(crate) fn of(terms: &Terms, now: Timestamp) -> Result<Self, Problem> {
        let latest = now.plus(LONGEST_VALIDITY);
        if terms.not_before.is_some_and(|at| at > latest) {
            return Err(Problem::invalid("not_before", "lies at most 30 days ahead"));
        }
        let begins = terms.not_before.unwrap_or(now).max(now);
        let not_after = match (terms.not_after, terms.valid_for_s) {
            (None, None) => begins.plus(USUAL_VALIDITY),
            (Some(at), None) if at > begins && at <= latest => at,
            (Some(_), None) => {
                let rule = "lies ahead, at most 30 days, and after `not_before`";
                return Err(Problem::invalid("not_after", rule));
            }
            (None, Some(seconds)) if (1..=LONGEST_VALIDITY.as_secs()).contains(&seconds) => {
                begins.plus(Duration::from_secs(seconds))
            }
            (None, Some(_)) => return Err(Problem::invalid("valid_for_s", "is from 1 to 2592000")),
            (Some(_), Some(_)) => {
                let rule = "is not there together with `not_after`";
                return Err(Problem::invalid("valid_for_s", rule));
            }
        };
        Ok(Self {
            not_before: terms.not_before,
            not_after,
        })
    }
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use super::*;
    use crate::testing::{Call, FakeMac, TestApp, grant_from_ada_to_bob, healthy_mac};

    async fn asked(app: &TestApp, mac: &FakeMac, field: &str, value: i64) -> crate::testing::Answer {
        let mut body = grant_from_ada_to_bob();
        body[field] = value.into();
        let path = format!("/api/v1/devices/{}/actions", mac.id());
        let call = Call::post(path).bearer(&app.token).key(&app.fresh_key());
        app.send(call.json(&body)).await
    }

    #[tokio::test]
    async fn an_action_waits_for_its_time_and_the_bell_rings_when_it_comes() {
        let app = TestApp::start().await;
        let mac = app.enrolled(FakeMac::new(1, healthy_mac())).await;
        let mut rings = app.app.bell.listen(mac.id(), app.app.bell.count());
        let opens = Timestamp(app.now_ms() + 3_600_000);
        let action = asked(&app, &mac, "not_before", opens.as_millis())
            .await
            .expect(202);
        assert_eq!(action["not_before"], opens.as_millis());
        let week = 7 * 24 * 3_600_000;
        assert_eq!(
            action["not_after"],
            opens.as_millis() + week,
            "seven days from then"
        );
        rings.rung().await;
        assert!(mac.check_in(&app).await.offers.is_empty());
        mac.start(&app, &action["id"])
            .await
            .expect_problem(425, "not_yet");

        app.advance(Duration::from_secs(3_600));
        let (before, now) = (Timestamp(opens.as_millis() - 1), opens);
        super::super::ring_for_opened(&app.app, before, now)
            .await
            .unwrap();
        rings.rung().await;
        assert_eq!(mac.check_in(&app).await.offers.len(), 1);
        mac.start(&app, &action["id"]).await.expect(200);
    }

    #[tokio::test]
    async fn what_waits_for_its_time_can_be_called_back() {
        let app = TestApp::start().await;
        let mac = app.enrolled(FakeMac::new(1, healthy_mac())).await;
        let action = asked(&app, &mac, "not_before", app.now_ms() + 1_000)
            .await
            .expect(202);
        let path = format!("/api/v1/actions/{}/cancel", action["id"].as_str().unwrap());
        let cancelled = app.post(path, &Value::Null).await.expect(200);
        assert_eq!(cancelled["state"], "cancelled");
        app.advance(Duration::from_secs(2));
        assert!(mac.check_in(&app).await.offers.is_empty());
    }

    #[tokio::test]
    async fn a_window_that_cannot_be_is_refused() {
        let app = TestApp::start().await;
        let mac = app.enrolled(FakeMac::new(1, healthy_mac())).await;
        let days = |days: i64| app.now_ms() + days * 24 * 3_600_000;
        asked(&app, &mac, "not_before", days(31))
            .await
            .expect_invalid(400, "not_before");
        let mut body = grant_from_ada_to_bob();
        body["not_before"] = json!(days(2));
        body["not_after"] = json!(days(1));
        let path = format!("/api/v1/devices/{}/actions", mac.id());
        app.post(path, &body).await.expect_invalid(400, "not_after");
        let past = asked(&app, &mac, "not_before", days(-1)).await.expect(202);
        assert_eq!(mac.check_in(&app).await.offers.len(), 1, "{past}");
    }
}
