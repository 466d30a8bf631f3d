//! The simulated Mac: a model of macOS as far as Secure Tokens, FileVault and accounts go, and programs
//! named like Apple's tools that act on it. It is the other side of every test, so it must never know the
//! code that it tests: no rule and no parser of the agent, the server or the domain crate is used here, and
//! nothing here decides what *should* be done to a Mac. Everything is written from what Macs were seen to do.
//!
//! ```
//! use macsim::model::clock::UnixMillis;
//! use macsim::scenario::Situation;
//! use macsim::tools::{Tool, invocation::Invocation, run};
//!
//! let mut made = Situation::Healthy.mac(1, UnixMillis(1_790_000_000_000));
//! let passwords = format!("{}\n{}\n", made.accounts[0].password, made.accounts[1].password);
//! let sysadminctl = Tool::named("sysadminctl").expect("a tool of every Mac");
//! let args = ["-secureTokenOn", "ben", "-password", "-", "-adminUser", "ada", "-adminPassword", "-"];
//! let output = run(&mut made.mac, &Invocation::new(sysadminctl, args).stdin(passwords));
//! assert!(output.stderr.ends_with("- Done!\n") && output.exit == 0);
//! assert!(macsim::report::report(&made.mac).accounts[1].label);
//! ```

mod cli;
mod der;
mod enveloped_data;
pub mod front;
pub mod model;
mod program;
pub mod recovery;
pub mod report;
pub mod rules;
pub mod scenario;
pub mod tools;

pub use front::home::{HomeError, MacHome};
pub use model::mac::Mac;
pub use program::{Program, program};
