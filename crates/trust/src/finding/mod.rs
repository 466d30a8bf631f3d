//! Problems of one Mac, diagnosed from what was seen: what is so, what follows from it, and the ways out.

mod account;
mod device;
mod local_administrator;
mod primary_user;
mod recovery_key;
mod remedy;
mod remedy_kind;
mod service_account;
mod severity;

pub use primary_user::{PrimaryUser, primary_user_without_token};
pub use recovery_key::of_recovery_key;
pub use remedy::{Remedy, Runbook};
pub use remedy_kind::RemedyKind;
pub use service_account::of_service_account;
pub use severity::Severity;

use serde::{Deserialize, Serialize};

use crate::chain;
use crate::code::Code;
use crate::observation::Observation;

/// A diagnosed problem.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Finding {
    /// What it is.
    pub code: Code,
    /// How bad it is.
    pub severity: Severity,
    /// The account that it is about; `None` when it is about the Mac.
    pub account: Option<String>,
    /// What was seen.
    pub evidence: String,
    /// What follows from it.
    pub consequence: String,
    /// The ways out, the cheapest first.
    pub remedies: Vec<Remedy>,
}

impl Finding {
    /// A problem of the Mac as a whole, without a way out yet.
    fn new(code: Code, evidence: impl Into<String>, consequence: impl Into<String>) -> Self {
        Self {
            code,
            severity: Severity::of(code).unwrap_or(Severity::Problem),
            account: None,
            evidence: evidence.into(),
            consequence: consequence.into(),
            remedies: Vec::new(),
        }
    }

    /// The same problem, of one account.
    fn of_account(self, name: &str) -> Self {
        Self {
            account: Some(name.to_owned()),
            ..self
        }
    }

    /// The same problem with its ways out, the cheapest first.
    fn with_remedies(self, remedies: impl IntoIterator<Item = Remedy>) -> Self {
        Self {
            remedies: remedies.into_iter().collect(),
            ..self
        }
    }

    /// Every code that a diagnosis finds, the worst first.
    pub fn codes() -> Vec<Code> {
        let severities = Code::ALL
            .iter()
            .filter_map(|code| Some((Severity::of(*code)?, *code)));
        let mut codes: Vec<(Severity, Code)> = severities.collect();
        codes.sort_by_key(|(severity, _)| *severity);
        codes.into_iter().map(|(_, code)| code).collect()
    }
}

/// Every problem of the Mac that `observation` saw, the worst first.
pub fn diagnose(observation: &Observation) -> Vec<Finding> {
    let members = chain::members(observation);
    let mut findings = device::findings(observation, &members);
    // Where the Mac knows no tokens, nothing can be said of its accounts.
    if findings
        .iter()
        .all(|finding| !matches!(finding.code, Code::OsTooOld | Code::VolumeNotApfs))
    {
        findings.extend(account::findings(observation, &members));
    }
    wait_for_full_disk_access(observation, &mut findings);
    findings.sort_by_key(|finding| finding.severity);
    findings
}

/// Where the agent may not ask the disk, actions would be refused now.
fn wait_for_full_disk_access(observation: &Observation, findings: &mut [Finding]) {
    if observation.full_disk_access.value() == Some(&false) {
        for remedy in findings.iter_mut().flat_map(|finding| &mut finding.remedies) {
            remedy.wait_for_full_disk_access();
        }
    }
}
