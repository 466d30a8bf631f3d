//! What is answered.

use serde::{Deserialize, Serialize};
use trust::guard::{Keepers, Loss, Verdict, Warning};
use trust::id::DeviceId;
use utoipa::ToSchema;

/// What a change would do to the selected devices.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct WhatIfView {
    /// What is supposed to be done, in a line.
    pub supposed: String,
    /// How many devices it would do what to; on the first page only.
    pub counts: Option<WhatIfCounts>,
    /// Devices in the order of their names.
    pub items: Vec<SupposedMember>,
    /// Where the next page begins; `null` on the last one.
    pub next_cursor: Option<String>,
}

/// How many devices a change would do what to.
#[derive(Debug, Clone, Default, Serialize, Deserialize, ToSchema)]
pub(crate) struct WhatIfCounts {
    /// Whether every selected device was looked at. A request ends after some 5000.
    pub complete: bool,
    /// Where it is not complete: send this as `count_from` with the same question, and the answer counts on.
    pub next: Option<String>,
    /// How many were.
    pub devices: u64,
    /// How many there are of each verdict, the worst first.
    pub verdicts: Vec<Count>,
    /// How many would lose the last of what, the worst first. One device counts once, for the worst that it would lose.
    pub losses: Vec<LossCount>,
    /// How many the change would do nothing to, for want of the account.
    pub not_concerned: u64,
    /// What is to be said where no device would lose the last of anything: that none would, or that nothing could be told.
    pub sentence: Option<String>,
}

/// How many devices a change would do this to.
#[derive(Debug, Clone, Copy, Serialize, Deserialize, ToSchema)]
pub(crate) struct Count {
    /// Whether it may be.
    pub verdict: Verdict,
    /// How many.
    pub count: u64,
}

/// How many devices would lose the last of something.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
pub(crate) struct LossCount {
    /// Of what.
    pub loss: Loss,
    /// How many.
    pub count: u64,
    /// The same as a sentence, such as "37 of 900 Macs would lose their last holder".
    pub sentence: String,
}

/// What a change would do to one device.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct SupposedMember {
    /// The device.
    #[schema(value_type = String, format = "uuid")]
    pub device_id: DeviceId,
    /// Its name.
    pub device_name: String,
    /// Its serial number.
    pub serial_number: String,
    /// Whether it may be.
    pub verdict: Verdict,
    /// What would be there no longer, the worst first.
    pub losses: Vec<Loss>,
    /// What is good to know, although the chain stays whole.
    pub warnings: Vec<Warning>,
    /// The same in a line, or why it cannot be told.
    pub detail: String,
    /// Who keeps the chain whole now; `null` where the device has told nothing.
    pub before: Option<Keepers>,
    /// Who would keep it whole afterwards; `null` where the device has told nothing.
    pub after: Option<Keepers>,
}

impl WhatIfCounts {
    /// Counts one more device.
    pub(super) fn note(&mut self, verdict: Verdict, worst: Option<Loss>, concerned: bool) {
        self.devices += 1;
        self.not_concerned += u64::from(!concerned);
        if self.verdicts.is_empty() {
            self.verdicts = Verdict::ALL.map(|verdict| Count { verdict, count: 0 }).to_vec();
        }
        for count in self.verdicts.iter_mut().filter(|count| count.verdict == verdict) {
            count.count += 1;
        }
        let Some(loss) = worst else { return };
        match self.losses.iter_mut().find(|count| count.loss == loss) {
            Some(count) => count.count += 1,
            None => self.losses.push(LossCount {
                loss,
                count: 1,
                sentence: String::new(),
            }),
        }
    }

    /// Sorts the losses and puts them into words, once every device is counted.
    pub(super) fn finish(mut self, complete: bool) -> Self {
        self.complete = complete;
        self.sentence = self.losses.is_empty().then(|| self.without_losses());
        self.losses.sort_by_key(|count| count.loss);
        for count in &mut self.losses {
            let noun = if self.devices == 1 { "Mac" } else { "Macs" };
            count.sentence = format!(
                "{} of {} {noun} would lose {}",
                count.count,
                self.devices,
                count.loss.lost(count.count)
            );
        }
        self
    }

    fn without_losses(&self) -> String {
        let (devices, untold) = (self.devices, self.of(Verdict::CannotTell));
        let these = match devices {
            0 => return "No Mac is selected.".to_owned(),
            1 => "the one Mac".to_owned(),
            _ => format!("any of {devices} Macs"),
        };
        if untold == devices {
            format!("It cannot be told for {these}.")
        } else if self.not_concerned == devices {
            format!("It would change nothing on {these}.")
        } else if untold > 0 {
            format!("No Mac would be cut off, as far as can be told: of {untold} of {devices} it cannot.")
        } else {
            format!("It would not cut off {these}.")
        }
    }

    /// How many there are of this verdict.
    pub(crate) fn of(&self, verdict: Verdict) -> u64 {
        let mut counts = self.verdicts.iter();
        counts
            .find(|count| count.verdict == verdict)
            .map_or(0, |count| count.count)
    }
}
