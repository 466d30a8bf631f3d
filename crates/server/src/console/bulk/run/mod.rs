//! A bulk run: how far it has come, what came of each Mac, and what can be done about it.

mod history;
mod members;
mod page;
mod progress;
pub(crate) mod show;
mod state;
pub(crate) mod verbs;

pub(super) use progress::bar;
pub(super) use state::state_badge;
