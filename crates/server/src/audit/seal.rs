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

/// How many batches of an organisation are sealed at one turn of the job, so that others get theirs.
const BATCHES_A_TURN: usize = 4;

/// Seals what was written since, in every organisation, and signs now and then. What fails for one does not stop the others.
pub(crate) async fn seal_all(app: &App) -> Result<(), Problem> {
    let mut result = Ok(());
    for organization_id in store::organization::all(&app.store).await? {
        result = result.and(seal_and_sign(app, organization_id).await);
    }
    result
}

async fn seal_and_sign(app: &App, organization_id: OrganizationId) -> Result<(), Problem> {
    let head = seal_some(app, organization_id, BATCHES_A_TURN).await?;
    let last = audit_seal::last_checkpoint(&app.store, organization_id).await?;
    let is_due = match last {
        Some(last) => last.position < head.position && app.now().since(last.at) >= SIGN_EVERY,
        None => head.position > 0,
    };
    if is_due {
        sign(app, organization_id, head).await?;
    }
    Ok(())
}

/// Seals what was written until now. Answers where the chain stands then.
pub(crate) async fn seal(app: &App, organization_id: OrganizationId) -> Result<Head, Problem> {
    seal_some(app, organization_id, usize::MAX).await
}

/// The same, of at most so many batches. A batch that is not full was the last: what is written meanwhile has time.
async fn seal_some(app: &App, organization_id: OrganizationId, batches: usize) -> Result<Head, Problem> {
    app.audit_signer.check(&app.store, organization_id).await?;
    for _ in 0..batches {
        let (head, seq) = stands(app, organization_id).await?;
        let entries = audit_seal::list_after(&app.store, organization_id, seq, BATCH).await?;
        if entries.is_empty() {
            return Ok(head);
        }
        let is_last = entries.len() < BATCH as usize;
        let places = places(head, entries).map_err(|error| Problem::internal(&error))?;
        // Where another server was faster, this one goes on from where that has left off.
        let is_sealed = audit_seal::seal(&app.store, organization_id, head.position, &places).await?;
        if is_last && is_sealed {
            break;
        }
    }
    Ok(stands(app, organization_id).await?.0)
}

/// Where the chain stands, and the number of its last entry.
async fn stands(app: &App, organization_id: OrganizationId) -> Result<(Head, i64), Problem> {
    let Some(last) = audit_seal::last(&app.store, organization_id).await? else {
        return Ok((Head::beginning(organization_id), 0));
    };
    let hash = last.hash.parse();
    let hash = hash.map_err(|_| Problem::internal(&SealError::Hash))?;
    let position = last.position;
    Ok((Head { position, hash }, last.seq))
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
    app.audit_signer
        .sign(&app.store, organization_id, head, app.now())
        .await
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

#[cfg(test)]
mod tests;
