//! The whole, from end to end: real processes, simulated Macs, the public API. These tests know what people and programs
//! outside can see, and what the simulator knows to be true; they look into no crate of ours.
#![expect(clippy::unwrap_used, reason = "a test that cannot go on says where")]

#[path = "../support/mod.rs"]
mod support;

mod account_actions;
mod accounts;
mod after_recovery;
mod at_the_screen;
mod attention;
mod bulk;
mod commands;
mod demo;
mod device_management;
mod enrolment;
mod enrolment_data;
mod entered_passwords;
mod escrow_file;
mod forgotten;
mod known_devices;
mod lists;
mod local_administrator;
mod logins;
mod offline_key;
mod people;
mod prompts;
mod recovery;
mod recovery_key;
mod refusals;
mod reinstall;
mod secrets;
mod servers;
mod service_account;
mod serving;
mod shells;
mod talk_cut;
mod time_passes;
mod uninstall;
mod uninstall_escrow;
mod vault;
mod wildcard_secrets;
mod wildcards;
mod work_cut;
