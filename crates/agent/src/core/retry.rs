//! Whether an action that did not come about is tried again, and what is remembered of its tries.

use trust::outcome::{Evidence, Outcome};
use trust::retry::{MOST_TRIES, tried_again_at};
use trust::time::Timestamp;

use crate::journal::{Entry, Stage};

/// Where an action stands after a try that ended like this. What was seen in earlier tries comes first.
pub(super) fn after(entry: &Entry, outcome: Outcome, password_tried: bool, now: Timestamp) -> Stage {
    let (tries, mut evidence) = match &entry.stage {
        Stage::Again { tries, evidence, .. } => (*tries, evidence.clone()),
        Stage::Accepted | Stage::Started | Stage::Acting | Stage::Done { .. } => (0, Vec::new()),
    };
    let number = tries + 1;
    let again = tried_again_at(
        &outcome,
        password_tried,
        number,
        now,
        entry.offer.envelope.not_after,
    );
    evidence.extend(outcome.evidence.iter().cloned());
    let Some(at) = again else {
        return Stage::Done {
            outcome: Outcome { evidence, ..outcome },
        };
    };
    let pause = at.since(now).as_secs();
    evidence.push(Evidence {
        at: now,
        by: "retry".to_owned(),
        saw: format!(
            "try {number} of {MOST_TRIES} ended as {}; nothing was touched and no password tried, so it is tried again \
             in {pause} seconds",
            outcome.code
        ),
    });
    Stage::Again {
        tries: number,
        at,
        evidence,
    }
}
