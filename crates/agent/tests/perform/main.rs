//! Actions carried out by the real agent code on simulated Macs, in process: what it says is what the Mac shows.

#![expect(clippy::unwrap_used, reason = "a test that cannot go on says where")]

mod account_actions;
mod collected;
mod crashes;
mod create_account;
mod institutional_key_walk;
mod local_administrator;
mod looks;
mod macs;
mod oracle;
mod order;
mod outcomes;
mod random_macs;
mod random_policies;
mod recovery;
mod recovery_key;
mod recovery_walk;
mod retry;
mod runner;
mod security;
mod service_account;
