//! The ways back of a device on which nobody can hand a token on.

mod page;
mod way;

pub(crate) use page::show_recovery;
