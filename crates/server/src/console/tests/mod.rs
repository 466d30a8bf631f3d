//! The console as browsers get it.

mod approval;
mod attention;
mod bulk;
mod buttons;
mod enrolment;
mod filevault;
mod filters;
mod forms;
mod grace;
mod imports;
mod local_administrator;
mod pages;
mod passwords;
mod people;
mod policy_conflict;
mod recovery;
mod recovery_key;
mod refusals;
mod roles;
mod second_factor;
mod security;
mod sign_in;
mod signed_in;
mod vault;
mod what_if;
