//! Tokens of programs: each brings a role, or a part of one.

pub(crate) mod create;
pub(crate) mod list;
pub(crate) mod revoke;
#[cfg(test)]
mod tests;
