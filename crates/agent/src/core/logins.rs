//! How many logins there were at the screen.

use trust::time::Timestamp;

use super::Step;
use crate::login::LoginRecord;

/// What the core makes of logins.
#[derive(Debug, Default)]
pub(super) struct Logins {
    record: LoginRecord,
    on_disk: LoginRecord,
}

impl Logins {
    pub(super) fn from_record(record: LoginRecord) -> Self {
        Self {
            record,
            on_disk: record,
        }
    }

    pub(super) fn told(&self) -> u64 {
        self.record.told
    }

    /// Counts a login.
    pub(super) fn count(&mut self, now: Timestamp) {
        self.record = self.record.and_one_at(now);
    }

    pub(super) fn next_step(&self) -> Option<Step> {
        (self.record != self.on_disk).then_some(Step::RecordLogins(self.record))
    }

    pub(super) fn handle_recorded(&mut self, record: LoginRecord) {
        self.on_disk = record;
    }
}
