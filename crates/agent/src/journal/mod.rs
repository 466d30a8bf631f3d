//! What must survive a kill at any point: which actions the agent has seen, and how far each has come.

mod entry;
mod files;

pub use entry::{Entry, Stage};
pub use files::{Journal, Journaled};
