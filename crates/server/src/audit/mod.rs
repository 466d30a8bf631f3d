//! The audit log: what was written, and the chain that covers it.

pub(crate) mod export;
pub(crate) mod key;
pub(crate) mod list;
pub(crate) mod seal;
