//! What if: a page that asks the guard about many Macs. It changes nothing.

mod draft;
mod page;
pub(crate) mod show;
