//! Bulk runs, as the API shows and takes them.

mod order;
mod view;

pub use order::{BulkActionOrder, BulkOrder, CanaryOrder, PasswordText, Selection};
pub use view::{BulkPlan, BulkRunView, MemberView};

use serde_json::json;
use trust::id::{BulkPlanId, BulkRunId};

use super::Page;
use super::error::ClientError;
use super::transport::{Answer, Client};

impl Client {
    /// The plan of a bulk run with its first page of devices, as far as `query` (`readiness`, `limit`) leaves them in.
    /// Waits until every device is planned. Sends nothing to any Mac.
    pub async fn bulk_plan(
        &self,
        order: &BulkOrder,
        query: &[(&str, &str)],
    ) -> Result<Answer<BulkPlan>, ClientError> {
        // Values are words of the API and cursors, which need no escaping.
        let query: Vec<String> = query
            .iter()
            .map(|(name, value)| format!("{name}={value}"))
            .collect();
        let query = query.join("&");
        let mut plan: Answer<BulkPlan> = self
            .post(&format!("bulk-actions/plan?{query}"), order, None)
            .await?;
        while !plan.value.counts.complete {
            // The server answers when it is made, or after a moment.
            let path = format!("bulk-actions/plan/{}?{query}", plan.value.id);
            plan = self.get(&path, &[]).await?;
        }
        Ok(plan)
    }

    /// A page of the devices of a plan, as far as `query` (`readiness`, `limit`, `cursor`) leaves them in.
    pub async fn bulk_plan_page(
        &self,
        id: BulkPlanId,
        query: &[(&str, &str)],
    ) -> Result<Answer<BulkPlan>, ClientError> {
        self.get(&format!("bulk-actions/plan/{id}"), query).await
    }

    /// Asks for a bulk run.
    pub async fn send_bulk(&self, order: &BulkOrder) -> Result<Answer<BulkRunView>, ClientError> {
        self.post("bulk-actions", order, None).await
    }

    /// One bulk run.
    pub async fn bulk_run(&self, id: BulkRunId) -> Result<Answer<BulkRunView>, ClientError> {
        self.get(&format!("bulk-actions/{id}"), &[]).await
    }

    /// A page of bulk runs, newest first.
    pub async fn bulk_runs(&self, query: &[(&str, &str)]) -> Result<Answer<Page<BulkRunView>>, ClientError> {
        self.get("bulk-actions", query).await
    }

    /// A page of the devices of a bulk run, as far as `query` (`readiness`, `state`, `limit`, `cursor`) leaves them in.
    pub async fn bulk_members(
        &self,
        id: BulkRunId,
        query: &[(&str, &str)],
    ) -> Result<Answer<Page<MemberView>>, ClientError> {
        self.get(&format!("bulk-actions/{id}/members"), query).await
    }

    /// The results of a bulk run as CSV.
    pub async fn bulk_results(&self, id: BulkRunId) -> Result<String, ClientError> {
        self.get_text(&format!("bulk-actions/{id}/results.csv")).await
    }

    /// Asks a bulk run to `stop`, `continue` or `cancel`.
    pub async fn ask_bulk(
        &self,
        id: BulkRunId,
        verb: &'static str,
        reason: Option<&str>,
    ) -> Result<Answer<BulkRunView>, ClientError> {
        let body = json!({ "reason": reason });
        self.post(&format!("bulk-actions/{id}/{verb}"), &body, None).await
    }
}
