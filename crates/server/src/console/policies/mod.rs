//! `/policies`: what the organisation asks of every Mac.

mod page;
mod set;

pub(crate) use page::show_policies;
pub(crate) use set::set_promote_administrators;
