//! Policies as Macs and MDMs write them: what is read from them, and what follows.

#![expect(clippy::unwrap_used, reason = "a test that cannot go on says where")]

mod evaluation;
mod generation;
mod icu;
mod limits;
mod sources;
mod support;
