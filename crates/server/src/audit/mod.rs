//! The audit log: what was written, and the chain that covers it.

pub(crate) mod export;
pub(crate) mod key;
mod last_signed;
pub(crate) mod list;
pub(crate) mod seal;
mod signer;

pub use key::{AuditKeyError, new_audit_key};
pub(crate) use signer::AuditSigner;
