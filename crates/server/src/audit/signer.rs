//! Signs where the audit log stands, and only when what was signed before is still so.

use audit_chain::{Checkpoint, Head, Hex, Signer};
use store::{Store, audit_seal};
use trust::code::Code;
use trust::id::OrganizationId;
use trust::time::Timestamp;

use super::key::read_checkpoint;
use super::last_signed::LastSigned;
use crate::problem::Problem;

/// The server's key for the audit log, and what it has signed.
pub(crate) struct AuditSigner {
    signer: Signer,
    last_signed: LastSigned,
}

impl AuditSigner {
    pub(super) fn new(signer: Signer, last_signed: LastSigned) -> Self {
        Self { signer, last_signed }
    }

    /// The public half of the key.
    pub(crate) fn key(&self) -> Hex<32> {
        self.signer.key()
    }

    /// Whether the chain in the database is still the one that was signed last; `audit_log_changed` when it is another.
    pub(crate) async fn check(&self, store: &Store, organization_id: OrganizationId) -> Result<(), Problem> {
        let Some(signed) = self.last(store, organization_id).await? else {
            return Ok(());
        };
        let stored = audit_seal::hash_at(store, organization_id, signed.position).await?;
        if stored == Some(signed.hash.to_string()) {
            return Ok(());
        }
        tracing::error!(
            position = signed.position,
            "the audit log is not the one that was signed"
        );
        Err(Problem::conflict(Code::AuditLogChanged).because(format!(
            "The entry in place {} of the audit log is not the one that this server has signed, or is gone.",
            signed.position
        )))
    }

    /// Where the chain stood when it was signed last. A server that has kept no file yet believes its own last signature in
    /// the database.
    async fn last(&self, store: &Store, organization_id: OrganizationId) -> Result<Option<Head>, Problem> {
        let kept = self.last_signed.of(organization_id);
        if let Some(head) = kept.map_err(|error| Problem::internal(&error))? {
            return Ok(Some(head));
        }
        let last = audit_seal::last_checkpoint(store, organization_id).await?;
        let last = last.as_ref().and_then(read_checkpoint);
        let own = last.filter(|last| last.key == self.key() && last.is_signed());
        Ok(own.map(|own| own.head()).filter(|head| head.position > 0))
    }

    /// Signs that the chain stands there, and keeps the signature.
    pub(crate) async fn sign(
        &self,
        store: &Store,
        organization_id: OrganizationId,
        head: Head,
        at: Timestamp,
    ) -> Result<Checkpoint, Problem> {
        self.check(store, organization_id).await?;
        if head.position > 0 {
            let kept = self.last_signed.keep(organization_id, head);
            kept.map_err(|error| Problem::internal(&error))?;
        }
        let checkpoint = self.signer.sign(organization_id, head, at);
        let json = serde_json::to_string(&checkpoint).map_err(|error| Problem::internal(&error))?;
        audit_seal::keep_checkpoint(store, organization_id, head.position, at, &json).await?;
        Ok(checkpoint)
    }
}
