//! Logins: who may tell them, what is taken for one, and that macOS keeps asking the plug-in.
#![expect(clippy::unwrap_used, reason = "a test that cannot go on says where")]

mod registration;
mod socket;
