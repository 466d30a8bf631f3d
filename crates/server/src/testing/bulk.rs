//! Bulk runs of a test.

use serde_json::{Value, json};

use super::{FakeMac, TestApp};
use crate::bulk_actions::job;

/// The body of a bulk grant from `ada` to `bob` on every Mac, with a canary of two.
pub(crate) fn bulk_grant() -> Value {
    json!({
        "selector": { "all": true },
        "action": super::grant_from_ada_to_bob(),
        "canary": { "count": 2 },
        "stop_at_failure_percent": 50,
        "in_flight": 3,
        "reason": "new policy",
    })
}

impl TestApp {
    /// So many healthy Macs that have enrolled and told what they see: `Mac 1` and so on.
    pub(crate) async fn healthy_macs(&self, count: u64) -> Vec<FakeMac> {
        let mut macs = Vec::new();
        for number in 1..=count {
            macs.push(self.enrolled(FakeMac::new(number, super::healthy_mac())).await);
        }
        macs
    }

    /// Asks for a bulk run and waits until it is prepared. Answers its address and what it looks like then.
    pub(crate) async fn bulk_run(&self, body: &Value) -> (String, Value) {
        let mut events = self.app.events.watch();
        let accepted = self.post("/api/v1/bulk-actions", body).await.expect(202);
        assert_eq!(accepted["state"], "preparing");
        let path = format!("/api/v1/bulk-actions/{}", accepted["id"].as_str().unwrap());
        loop {
            let run = self.get(&path).await.expect(200);
            if run["state"] != "preparing" {
                return (path, run);
            }
            events.recv().await.unwrap();
        }
    }

    /// Lets every run go on as far as it may.
    pub(crate) async fn advance_runs(&self) {
        job::advance_all(&self.app).await.unwrap();
    }
}
