//! The local administrators of Macs, as people see them: what is kept of a password, the password itself, and another one.

pub(crate) mod replace;
pub(crate) mod reveal;
pub(crate) mod show;

#[cfg(test)]
mod tests;
