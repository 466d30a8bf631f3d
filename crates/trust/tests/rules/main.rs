//! The rules of the domain, on hand-made Macs.

#![expect(clippy::unwrap_used, reason = "a test that cannot go on says where")]

mod account_choice;
mod account_plans;
mod attention;
mod bulk;
mod capabilities;
mod create_account_plan;
mod findings;
mod grant_plan;
mod guard;
mod local_administrator;
mod lock_out;
mod mdm;
mod obstacle;
mod password_plans;
mod policy_conflict;
mod primary_user;
mod recovery_key_findings;
mod recovery_key_plan;
mod resilience;
mod security;
mod service_account;
mod support;
mod token_changes;
mod token_state;
mod wildcards;
