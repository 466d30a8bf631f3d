//! Secrets that let one Mac enrol.

pub(crate) mod create;
