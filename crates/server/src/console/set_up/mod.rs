//! The first way in of one's own: whoever came by a link of the server's operator chooses a name and a password.

mod page;
mod show;
mod submit;

pub(crate) use show::show_set_up;
pub(crate) use submit::set_up;

/// Where the page is.
pub(super) const ADDRESS: &str = "/set-up";
