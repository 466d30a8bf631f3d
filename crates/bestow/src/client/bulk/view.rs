//! Bulk runs, as the API shows them.

use std::collections::BTreeMap;

use serde::Deserialize;
use serde_json::Value;
use trust::action::SecretRole;
use trust::bulk::RunProgress;
use trust::id::{BulkPlanId, BulkRunId};
use trust::time::Timestamp;

use crate::client::plan::CollectedView;

/// A bulk run.
#[derive(Debug, Clone, Deserialize)]
pub struct BulkRunView {
    /// Its id.
    pub id: BulkRunId,
    /// Where it stands.
    pub state: String,
    /// Why it is stopped, cancelled or interrupted.
    #[serde(default)]
    pub code: Option<String>,
    /// The kind of its actions.
    pub kind: String,
    /// What is asked of each device, without secrets.
    #[serde(default)]
    pub action: Value,
    /// How many devices go first.
    #[serde(default)]
    pub canary_size: Option<u64>,
    /// It stops when so many of a hundred have failed.
    #[serde(default)]
    pub stop_at_failure_percent: u8,
    /// At most so many devices at the same time.
    #[serde(default)]
    pub in_flight: u64,
    /// It releases nothing before this.
    #[serde(default)]
    pub not_before: Option<Timestamp>,
    /// No agent begins an action of it after this.
    pub not_after: Timestamp,
    /// Why it was asked for.
    #[serde(default)]
    pub reason: Option<String>,
    /// When it was accepted.
    pub created_at: Timestamp,
    /// Who asked.
    #[serde(default)]
    pub created_by: Option<String>,
    /// When the last of its actions had ended.
    #[serde(default)]
    pub finished_at: Option<Timestamp>,
    /// How far it has come.
    pub progress: RunProgress,
}

impl BulkRunView {
    /// Whether nothing more will happen unless somebody decides so. A state that is not known here goes on.
    pub fn has_come_to_rest(&self) -> bool {
        self.finished_at.is_some() || (self.state == "stopped" && self.progress.is_quiet())
    }

    /// Whether every device that got an action has what was asked for.
    pub fn succeeded(&self) -> bool {
        self.finished_at.is_some() && self.progress.succeeded == self.progress.ready
    }

    /// The name that plays `role` (`administrator`, `target`) in its actions.
    pub fn account(&self, role: &str) -> Option<&str> {
        self.action.get(role)?.as_str()
    }
}

/// A page of the plan of a bulk run.
#[derive(Debug, Clone, Deserialize)]
pub struct BulkPlan {
    /// Its id.
    pub id: BulkPlanId,
    /// How many devices lack what.
    pub counts: PlanCounts,
    /// Devices.
    pub items: Vec<MemberView>,
}

/// How many devices lack what.
#[derive(Debug, Clone, Deserialize)]
pub struct PlanCounts {
    /// Whether every selected device has been planned.
    pub complete: bool,
    /// The counts.
    #[serde(flatten)]
    pub progress: RunProgress,
}

/// A device of a run or of its plan.
#[derive(Debug, Clone, Deserialize)]
pub struct MemberView {
    /// The device's name.
    pub device_name: String,
    /// Its serial number.
    #[serde(default)]
    pub serial_number: String,
    /// What it lacks.
    pub readiness: String,
    /// What would be asked of it, with its own values in the place of wildcards.
    #[serde(default)]
    pub action: Value,
    /// The roles that secrets which were collected for it would play in that.
    #[serde(default)]
    pub collected: BTreeMap<SecretRole, CollectedView>,
    /// Where that action stands.
    #[serde(default)]
    pub state: Option<String>,
    /// Whether the run holds it.
    #[serde(default)]
    pub held: bool,
    /// How the action ended, or why there is none.
    #[serde(default)]
    pub code: Option<String>,
    /// That code in a line.
    #[serde(default)]
    pub code_title: Option<String>,
    /// What more there is to tell about that.
    #[serde(default)]
    pub detail: Option<String>,
}
