//! The policy "local administrator": whether each Mac has one, and what it is to be like.

pub(crate) mod set;
pub(crate) mod show;
