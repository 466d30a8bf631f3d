//! The policy "FileVault": what is asked of it, and the configuration profile that says so to macOS.

mod payloads;
pub(crate) mod profile;
pub(crate) mod set;
pub(crate) mod show;
#[cfg(test)]
mod tests;
