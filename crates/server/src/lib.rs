//! The server: the API for administrators and programs, the API for agents, the console, and the jobs behind them.
//!
//! Follow a request from `routes` to `<resource>/<verb>.rs`, which holds its input, its handler and its tests; from
//! there to the rule in `trust` and to the table in `store`.
//!
//! * `serve`(serve::Server) binds and runs it; `setup`(setup::Setup) makes the first token, sign-in link and enrolment
//!   secret;
//! * `sealing` is the edge at which a password ends: it arrives in a body that is zeroised, is sealed to the device's
//!   key, and is gone before anything is stored, logged or answered;
//! * `device_management` is the edge at which Macs themselves speak, by Apple's protocol;
//! * `vault` keeps what was collected for a Mac that has no key yet, until it has one, and encrypts what is escrowed.
//!
//! This crate holds no SQL and no rules about tokens, and it cannot open what it has sealed to a device. It reads the clock and
//! draws randomness in two places only, `clock` and `entropy`.

mod access;
mod action_kinds;
mod actions;
mod agent;
mod api_tokens;
mod app;
mod attention;
mod audit;
mod backup;
mod bell;
mod bulk_actions;
pub mod clock;
mod codes;
pub mod config;
mod connections;
mod console;
mod deadline;
mod device_management;
mod devices;
mod enrolment_links;
mod enrolment_records;
mod enrolment_secrets;
pub mod entropy;
mod escrow;
mod events;
mod health;
mod idempotency;
mod identity;
mod input;
mod jobs;
mod local_administrator;
mod mdm_enrolments;
mod openapi;
mod page;
mod people;
mod policies;
mod presence;
mod problem;
mod recovery_links;
mod request_log;
mod resilience;
mod routes;
mod sealing;
mod second_factor;
pub mod secret_table;
pub mod serve;
mod sessions;
pub mod setup;
mod sign_in;
mod support_bundle;
mod table_import;
#[cfg(test)]
mod testing;
#[cfg(test)]
mod tests;
mod tls;
mod token;
mod vault;
mod vault_lines;
mod waiting;
mod what_if;

pub use agent::kept;
pub use audit::{AuditKeyError, new_audit_key};
pub use backup::{BackupError, Restored, back_up, restore};
pub use config::{DeviceManagement, ServerConfig, TlsFiles};
pub use devices::findings::kept_resilience;
pub use serve::{ServeError, Server, serve};
pub use setup::Setup;
pub use vault::{RewrapError, Rewrapped, rewrap_escrow};
