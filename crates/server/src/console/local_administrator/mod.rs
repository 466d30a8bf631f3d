//! The local administrator of a device: what is kept of its password, and the forms by which it is shown and replaced.

mod page;
mod replace;
mod reveal;
mod shown;

pub(crate) use page::show_local_administrator;
pub(crate) use replace::replace_password;
pub(crate) use reveal::reveal_password;
