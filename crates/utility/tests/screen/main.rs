//! The program itself, at a screen of the test's own: it is drawn, light and dark, takes what is typed, asks over a real socket, and
//! leaves no password where others can see it.
//!
//! With the variable `BESTOW_SCREENSHOTS` set to a folder, which `cargo xtask screenshots FOLDER` does, it takes pictures there.
#![cfg(target_os = "linux")]
#![expect(clippy::unwrap_used, reason = "a test that cannot go on says where")]

mod agent;
mod program;
mod screen;
mod walks;
