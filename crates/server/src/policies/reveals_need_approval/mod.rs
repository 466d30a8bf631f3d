//! The policy "reveals need approval": nobody sees a secret that the vault keeps unless somebody else approves.

pub(crate) mod set;
pub(crate) mod show;
