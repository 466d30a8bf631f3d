//! Problems of one Mac, diagnosed from what was seen: what is so, what follows from it, and the ways out.

mod account;
mod device;
mod remedy;

pub use remedy::Remedy;

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

/// How bad a finding is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum Severity {
    /// Something does not work, and gets worse by itself.
    Critical,
    /// Something does not work for somebody.
    Problem,
    /// All works; something could be better.
    Advice,
}

impl Severity {
    /// The severity's word, as in its JSON.
    pub fn word(self) -> &'static str {
        match self {
            Self::Critical => "critical",
            Self::Problem => "problem",
            Self::Advice => "advice",
        }
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
    findings.sort_by_key(|finding| finding.severity);
    findings
}
