//! The job that gives entries of the audit log their places in the chain, behind those who write them.

use std::time::Duration;

use audit_chain::{Checkpoint, Entry, Head};
use store::audit_seal::{self, Place};
use trust::id::OrganizationId;

use crate::app::App;
use crate::problem::Problem;

/// How many entries are sealed at a time.
const BATCH: u32 = 500;

/// How long entries wait for a signature at most, while there are any.
const SIGN_EVERY: Duration = Duration::from_mins(10);

/// Why an entry cannot be sealed.
#[derive(Debug, thiserror::Error)]
enum SealError {
    #[error("seal the audit log: the hash of the last entry makes no sense")]
    Hash,
    #[error("seal the audit log")]
    Json(#[from] serde_json::Error),
}

/// Seals what was written since, in every organisation, and signs now and then.
pub(crate) async fn seal_all(app: &App) -> Result<(), Problem> {
    for organization_id in store::organization::all(&app.store).await? {
        let head = seal(app, organization_id).await?;
        let last = audit_seal::last_checkpoint(&app.store, organization_id).await?;
        let is_due = match last {
            Some((position, at)) => position < head.position && app.now().since(at) >= SIGN_EVERY,
            None => head.position > 0,
        };
        if is_due {
            sign(app, organization_id, head).await?;
        }
    }
    Ok(())
}

/// Seals what was written since. Answers where the chain stands then.
pub(crate) async fn seal(app: &App, organization_id: OrganizationId) -> Result<Head, Problem> {
    loop {
        let (head, seq) = match audit_seal::last(&app.store, organization_id).await? {
            Some(last) => {
                let hash = last
                    .hash
                    .parse()
                    .map_err(|_| Problem::internal(&SealError::Hash))?;
                let position = last.position;
                (Head { position, hash }, last.seq)
            }
            None => (Head::beginning(organization_id), 0),
        };
        let entries = audit_seal::list_after(&app.store, organization_id, seq, BATCH).await?;
        if entries.is_empty() {
            return Ok(head);
        }
        let places = places(head, entries).map_err(|error| Problem::internal(&error))?;
        // Where another server was faster, this one goes on from where that has left off.
        audit_seal::seal(&app.store, organization_id, head.position, &places).await?;
    }
}

fn places(mut head: Head, entries: Vec<store::audit::Entry>) -> Result<Vec<Place>, SealError> {
    let place = |entry| {
        let entry = chained(entry);
        head = head.next(&entry)?;
        Ok(Place {
            position: head.position,
            seq: entry.seq,
            hash: head.hash.to_string(),
        })
    };
    entries.into_iter().map(place).collect()
}

/// Signs that the chain stands there.
pub(crate) async fn sign(
    app: &App,
    organization_id: OrganizationId,
    head: Head,
) -> Result<Checkpoint, Problem> {
    let now = app.now();
    let checkpoint = app.audit_signer.sign(organization_id, head, now);
    let json = serde_json::to_string(&checkpoint).map_err(|error| Problem::internal(&error))?;
    audit_seal::keep_checkpoint(&app.store, organization_id, head.position, now, &json).await?;
    Ok(checkpoint)
}

/// An entry as the chain covers it. How its device is called now is no part of what was written.
pub(super) fn chained(entry: store::audit::Entry) -> Entry {
    Entry {
        seq: entry.seq,
        at: entry.at,
        actor: entry.actor,
        verb: entry.verb,
        device_id: entry.device_id.map(|id| id.to_string()),
        subject: entry.subject,
        reason: entry.reason,
        detail: entry.detail,
    }
}
