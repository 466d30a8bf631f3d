//! The window, by what a screen reader says of it, with an agent that the test plays.
#![expect(clippy::unwrap_used, reason = "a test that cannot go on says where")]

mod fake;
mod walks;
