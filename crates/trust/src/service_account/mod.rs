//! What the service account needs of its Mac.

pub mod policy_conflict;
