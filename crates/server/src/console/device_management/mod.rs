//! Bestow's own device management of a device: its enrolments, what is kept of its bootstrap token, and the form by which a profile is
//! made.

mod page;
mod profile;

pub(super) use page::badge_of;
pub(crate) use page::show_device_management;
pub(crate) use profile::make_profile;
