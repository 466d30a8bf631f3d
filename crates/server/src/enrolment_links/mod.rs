//! Links to the page on which the person of one Mac says who it is.

pub(crate) mod create;
pub(crate) mod follow;
