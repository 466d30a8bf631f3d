//! The page of a device: what it is, who holds a token and why, what is wrong and how to mend it, and what was done.

mod accounts;
mod approval;
mod approve;
mod chain_list;
mod chain_picture;
mod chain_tree;
mod device_management;
mod entered;
mod exclude;
mod findings;
mod forget;
mod local_administrator;
mod menu;
mod page;
mod person;
mod recovery_key;
mod resilience;
mod security;
pub(super) mod service_account;
mod summary;
mod timeline;

pub(crate) use approve::approve_device;
pub(crate) use exclude::exclude_service_account;
pub(crate) use forget::{forget_device, show_forget};
pub(crate) use page::show_device;
