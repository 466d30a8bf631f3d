//! The policy "service account": whether Macs have one, how often its password changes, and whom it never grants to.

pub(crate) mod exclude;
pub(crate) mod set;
pub(crate) mod show;

#[cfg(test)]
mod tests;
