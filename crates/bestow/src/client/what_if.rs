//! What a change would do to chains of trust, as the API tells it.

use serde::{Deserialize, Serialize};
use trust::guard::Verdict;

use super::bulk::{BulkActionOrder, Selection};
use super::error::ClientError;
use super::transport::{Answer, Client};

/// A question.
#[derive(Debug, Clone, Serialize)]
pub struct WhatIfOrder {
    /// Which devices.
    pub selector: Selection,
    /// What is supposed to be done to them.
    pub action: Supposed,
}

/// What is supposed to be done.
#[derive(Debug, Clone, Serialize)]
#[serde(untagged)]
pub enum Supposed {
    /// An action.
    Action(BulkActionOrder),
    /// Something that is no action.
    Other {
        /// Its word.
        kind: &'static str,
    },
}

/// The answer.
#[derive(Debug, Clone, Deserialize)]
pub struct WhatIf {
    /// What is supposed to be done, in a line.
    #[serde(default)]
    pub supposed: String,
    /// How many devices it would do what to; on the first page only.
    pub counts: Option<WhatIfCounts>,
    /// Devices in the order of their names.
    #[serde(default)]
    pub items: Vec<SupposedMember>,
    /// Where the next page begins.
    pub next_cursor: Option<String>,
}

/// How many devices a change would do what to.
#[derive(Debug, Clone, Deserialize)]
pub struct WhatIfCounts {
    /// Where counting goes on; `None` when every selected device was counted.
    pub next: Option<String>,
    /// How many were.
    pub devices: u64,
    /// How many there are of each verdict.
    pub verdicts: Vec<VerdictCount>,
    /// How many would lose the last of what.
    pub losses: Vec<LossCount>,
    /// How many the change would do nothing to, for want of the account.
    #[serde(default)]
    pub not_concerned: u64,
    /// What is to be said where no device would lose the last of anything.
    pub sentence: Option<String>,
}

/// How many devices are of a verdict.
#[derive(Debug, Clone, Deserialize)]
pub struct VerdictCount {
    /// Its word.
    pub verdict: String,
    /// How many.
    pub count: u64,
}

/// How many devices would lose the last of something.
#[derive(Debug, Clone, Deserialize)]
pub struct LossCount {
    /// How many.
    pub count: u64,
    /// As a sentence.
    pub sentence: String,
}

/// What a change would do to one device.
#[derive(Debug, Clone, Deserialize)]
pub struct SupposedMember {
    /// Its name.
    pub device_name: String,
    /// Its serial number.
    pub serial_number: String,
    /// Whether it may be.
    pub verdict: String,
    /// Why.
    pub detail: String,
}

impl WhatIf {
    /// Whether some chain would be cut.
    pub fn cuts(&self) -> bool {
        let counts = self.counts.as_ref();
        counts.is_some_and(|counts| counts.losses.iter().any(|loss| loss.count > 0))
    }

    /// Whether no device was there of which it could be told.
    pub fn tells_nothing(&self) -> bool {
        self.counts
            .as_ref()
            .is_some_and(|counts| counts.of(Verdict::CannotTell) == counts.devices)
    }

    /// Whether no device has the account that it is about, as far as that can be told.
    pub fn is_about_nobody(&self) -> bool {
        self.counts
            .as_ref()
            .is_some_and(|counts| counts.of(Verdict::CannotTell) + counts.not_concerned == counts.devices)
    }
}

impl WhatIfCounts {
    fn of(&self, verdict: Verdict) -> u64 {
        let mut counts = self.verdicts.iter();
        counts
            .find(|count| count.verdict == verdict.word())
            .map_or(0, |count| count.count)
    }
}

impl Client {
    /// A page of the answer, as far as `query` (`verdict`, `limit`, `cursor`) leaves devices in.
    pub async fn what_if(
        &self,
        order: &WhatIfOrder,
        query: &[(&str, &str)],
    ) -> Result<Answer<WhatIf>, ClientError> {
        // Values are words of the API and cursors, which need no escaping.
        let query: Vec<String> = query
            .iter()
            .map(|(name, value)| format!("{name}={value}"))
            .collect();
        self.post(&format!("what-if?{}", query.join("&")), order, None)
            .await
    }
}
