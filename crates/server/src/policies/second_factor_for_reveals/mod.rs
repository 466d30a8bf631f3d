//! The policy "second factor for reveals": whoever may see secrets, or say who may, signs in with a second factor.

pub(crate) mod set;
pub(crate) mod show;
#[cfg(test)]
mod tests;
