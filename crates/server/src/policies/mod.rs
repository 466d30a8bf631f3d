//! Policies: what an organisation asks of every Mac.

pub(crate) mod token_for_primary_users;
