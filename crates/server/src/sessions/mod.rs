//! Who is signed in.

pub(crate) mod end;
pub(crate) mod list;
