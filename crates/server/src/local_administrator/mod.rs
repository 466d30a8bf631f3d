//! The local administrators of Macs, as people see them: what is kept of a password, the password itself, another one, and
//! what could not be done or comes next.

pub(crate) mod course;
pub(crate) mod failure;
pub(crate) mod replace;
pub(crate) mod reveal;
pub(crate) mod show;

#[cfg(test)]
pub(crate) mod tests;
