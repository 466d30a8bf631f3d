//! The Macs that need attention: the list with its counts, who can help to a missing service account, and what is muted and
//! assigned.

mod admin_list;
mod block;
mod counts;
mod page;
mod row;
mod verbs;

pub(crate) use admin_list::show_admin_list;
pub(in crate::console) use block::{Keys, block, forms};
pub(crate) use page::show_needs_attention;
pub(crate) use verbs::{assign_device, mute_device, unmute_device};

/// The page.
pub(in crate::console) const ADDRESS: &str = "/needs-attention";
