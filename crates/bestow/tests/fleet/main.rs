//! One action asked of a whole fleet: a real server process, many real agents on simulated Macs in one process, the
//! administrator's commands, and the simulators' own truth.
//!
//! `BESTOW_FLEET=200` takes another number of Macs.
#![expect(clippy::unwrap_used, reason = "a test that cannot go on says where")]

#[path = "../support/mod.rs"]
#[expect(dead_code, reason = "the tests of single Macs use more of it")]
mod support;

mod bulk;
mod kinds;
mod secrets;
mod site;
mod truth;
mod writers;
