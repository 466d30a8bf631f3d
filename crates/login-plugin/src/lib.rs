//! The login plug-in: macOS loads it into its login window's authorization, and it hands each login to the agent.
//!
//! A login always goes on: the mechanism answers Allow, once, whatever happens, and within `login::LIMIT`. It keeps nothing,
//! writes nothing down, allocates no memory of its own, and must never know what the agent does with a login.
//!
//! * `abi`: Apple's C interface, and all `unsafe` of this crate;
//! * `login`: what is handed over, and when not;
//! * `agent`: how it travels, never longer than a `deadline`.

#[cfg(not(panic = "unwind"))]
compile_error!("the login plug-in must be able to catch a panic: a panic that aborts would end the login");

mod abi;
mod agent;
mod deadline;
mod login;
