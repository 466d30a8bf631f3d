//! The second factor of people who sign in: codes of an app (RFC 6238), and recovery codes for whoever has lost it.

mod begin;
mod codes;
mod confirm;
mod finish;
mod keep;
mod recovery_codes;
pub(crate) mod reset;

pub(crate) use begin::{SetUp, begin, waiting};
#[cfg(test)]
pub(crate) use codes::code_at;
pub(crate) use confirm::confirm;
pub(crate) use finish::{begin_step, finish};
