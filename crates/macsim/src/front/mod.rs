//! The tools as real processes: a Mac in a directory, real streams, a real terminal, the real clock.

pub mod authorization;
pub mod calls;
pub mod escrow_profile;
pub mod home;
mod hostility;
pub mod install;
mod locate;
pub mod mdm;
pub mod pause;
mod payload;
mod process;
mod terminal;

pub use process::run_tool;

/// Asks for a password at the controlling terminal.
pub(crate) fn ask_password(prompt: &str) -> Option<String> {
    terminal::Terminal::open()?.ask(prompt, crate::tools::host::Echo::Off, 1024)
}
