//! The ways back of a device on which nobody can hand a token on: for the administrator, and the steps of one of them for the
//! person in front of the Mac.

mod link;
mod page;
mod progress;
mod steps;
mod way;

pub(crate) use link::make_link;
pub(crate) use page::show_recovery;
pub(crate) use steps::show_steps;
