//! The policy "recovery key": how often Macs get another one.

pub(crate) mod set;
pub(crate) mod show;

#[cfg(test)]
mod tests;
