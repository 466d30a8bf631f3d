//! Persistence: everything that Bestow's server keeps, in SQLite, from SQL that other engines understand as well.
//!
//! One file per table: each function is one read, or one transaction that changes its rows and writes the audit entry
//! that tells of it. What may happen to a row stands in the `WHERE` of its `UPDATE`, and every function answers what did
//! happen; nothing is assumed between two calls.
//!
//! This crate holds no rules: what an observation means, who may do what and which end an action comes to is decided by
//! its caller. It knows neither HTTP nor Apple's tools, reads no clock and draws no randomness: ids and times come in. It
//! sees secrets only sealed or as hashes.
//!
//! Rules for its SQL: columns are `TEXT`, `BIGINT` and `BLOB`; placeholders are `$n`; `ON CONFLICT` and `RETURNING` are
//! fine, engine-specific functions are not. What SQLite alone needs stands in the module `sqlite` and in
//! `migrations/sqlite`.

pub mod action;
pub mod actor;
pub mod api_token;
pub mod attention;
pub mod audit;
pub mod audit_seal;
pub mod bulk_member;
pub mod bulk_run;
pub mod collected_secret;
pub mod days_policy;
pub mod deed;
pub mod device;
pub mod enrolment;
pub mod enrolment_attribute;
pub mod enrolment_link;
pub mod enrolment_record;
pub mod enrolment_secret;
mod error;
pub mod escrow;
pub mod filevault_policy;
pub mod finding;
pub mod finding_due;
pub mod finding_refresh;
pub mod idempotency;
pub mod local_administrator_policy;
pub mod mdm_enrolment;
pub mod observation;
pub mod on_off_policy;
pub mod organization;
pub mod person;
pub mod policy_conflict_choice;
pub mod primary_user;
pub mod recovery_link;
pub mod resilience;
mod row;
pub mod sealed_secret;
mod search;
pub mod second_factor;
pub mod service_account_policy;
pub mod session;
pub mod sign_in_link;
mod sqlite;
mod store;
pub mod trust_edge;
mod writer;

pub use error::StoreError;
pub use store::Store;

/// What the functions of this crate answer.
pub type Result<T> = std::result::Result<T, StoreError>;
