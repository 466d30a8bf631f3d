//! The recovery key of a device: what is kept of it, and the form by which it is shown.

mod approval;
mod page;
mod reveal;
mod shown;

pub(crate) use approval::approve_reveal;
pub(crate) use page::show_recovery_key;
pub(super) use page::{Asking, reveal_form, state_badge, versions_table, wanted_version};
pub(crate) use reveal::reveal_recovery_key;
pub(super) use shown::key as shown_key;
