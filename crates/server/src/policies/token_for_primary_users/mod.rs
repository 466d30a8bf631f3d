//! The policy "token for primary users": whoever uses a Mac holds a Secure Token on it.

pub(crate) mod list;
pub(crate) mod set;
pub(crate) mod show;

#[cfg(test)]
mod tests;
