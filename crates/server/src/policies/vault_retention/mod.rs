//! The policy "vault retention": for how many days what is kept of a forgotten Mac stays.

pub(crate) mod set;
pub(crate) mod show;
