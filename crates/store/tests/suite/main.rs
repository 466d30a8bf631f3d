//! How a store behaves, whatever engine is behind it. Everything goes through the public functions of `store`.

#![expect(clippy::unwrap_used, reason = "a test that cannot go on says where")]

mod support;

mod accept;
mod api_token;
mod attention;
mod bulk_advance;
mod bulk_prepare;
mod bulk_stop;
mod device;
mod durability;
mod ends;
mod enrolment;
mod enrolment_link;
mod enrolment_record;
mod entered;
mod escrow;
mod expiry;
mod finding;
mod forget;
mod idempotency;
mod local_administrator;
mod lost;
mod mdm_enrolment;
mod migrations;
mod offer;
mod portable_sql;
mod primary_user;
mod query_plans;
mod queue;
mod recovery_link;
mod report;
mod resilience;
mod retention;
mod service_account_policy;
mod session;
mod start;
