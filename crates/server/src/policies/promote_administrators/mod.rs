//! The policy "promote administrators": a standard account that holds a token may be an administrator for the moment of
//! any grant, without each order asking for it.

pub(crate) mod set;
pub(crate) mod show;

#[cfg(test)]
mod tests;
