//! The policy "FileVault": its part of the page of policies, a page with its form, and its profile as a file.

mod draft;
mod page;
mod panel;

pub(crate) use page::{download_filevault_profile, set_filevault, show_filevault};
pub(super) use panel::panel;

/// Where the form is.
const PATH: &str = "/policies/filevault";
