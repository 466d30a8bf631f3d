//! Enrolments of Macs with Bestow's own device management, as administrators see and begin them.

pub(crate) mod create_profile;
pub(crate) mod show;
pub(crate) mod view;
