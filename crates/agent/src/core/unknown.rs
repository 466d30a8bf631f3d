//! Actions that the agent does not know, since it is older than the server: each is refused, and keeps it from nothing else.
//!
//! None of it is on the disk. What was not reported yet is offered again, and an agent that was updated meanwhile may know it.

use std::collections::BTreeMap;

use trust::code::Code;
use trust::id::ActionId;
use trust::outcome::{Evidence, Outcome};
use trust::time::Timestamp;
use wire::agent_api::{Report, UnknownOffer};

use super::Step;

/// Refusals that the server has not acknowledged.
#[derive(Debug, Default)]
pub(super) struct Unknown(BTreeMap<ActionId, Outcome>);

impl Unknown {
    pub(super) fn refuse(&mut self, offer: UnknownOffer, now: Timestamp) {
        let (id, kind) = (offer.envelope.id, offer.envelope.action.kind);
        tracing::warn!(action = %id, kind, "this agent does not know such an action");
        let evidence = Evidence {
            at: now,
            by: format!("bestow-agent {}", env!("CARGO_PKG_VERSION")),
            saw: format!("it does not know an action {kind:?} of this form"),
        };
        self.0.insert(
            id,
            Outcome {
                code: Code::AgentTooOld,
                touched_the_mac: false,
                parts: Vec::new(),
                evidence: vec![evidence],
                edge: None,
                finished_at: now,
            },
        );
    }

    pub(super) fn next_step(&self) -> Option<Step> {
        let (id, outcome) = self.0.first_key_value()?;
        let report = Report {
            outcome: outcome.clone(),
            observation: None,
        };
        Some(Step::Report(*id, Box::new(report)))
    }

    pub(super) fn close(&mut self, id: ActionId) {
        self.0.remove(&id);
    }
}
