//! The catalogue of codes. It tells nothing about anybody's devices, so it is open to all.

pub(crate) mod list;
pub(crate) mod show;
mod view;
