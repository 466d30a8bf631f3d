//! Who is signed in.

mod end;
mod page;
mod table;

pub(crate) use end::end_session;
pub(crate) use page::show_sessions;
pub(super) use table::table;

/// Where the page is.
pub(super) const ADDRESS: &str = "/sessions";
