//! The ways back: what is judged, and the pages in `docs/recovery` that show each branch as it is told.

#![expect(clippy::unwrap_used, reason = "a test that cannot go on says where")]

#[path = "../rules/support.rs"]
#[expect(dead_code, reason = "the tests of the other rules use more of it")]
mod support;

mod branches;
mod judged;
mod pages;
mod progress;
mod reading;
