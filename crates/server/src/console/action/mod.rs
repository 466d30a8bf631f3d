//! The page of an action, from its plan to its end, and calling it back while its Mac has not begun.

mod cancel;
mod page;
mod show;

pub(crate) use cancel::cancel_action;
pub(crate) use show::show_action;
