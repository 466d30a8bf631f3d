//! The console: pages for people. A page is a function from what it shows to HTML; everything works without JavaScript.
//! A small script keeps the live parts of a page up to date and the plan beside a form in step with it, and puts times into
//! the reader's zone.

pub(crate) mod account;
pub(crate) mod action;
pub(crate) mod api_tokens;
pub(crate) mod assets;
pub(crate) mod attention;
pub(crate) mod bulk;
mod choose_password;
pub(crate) mod codes;
mod components;
pub(crate) mod device;
pub(crate) mod device_management;
pub(crate) mod enrolment;
mod form_token;
pub(crate) mod history;
pub(crate) mod invitation;
mod kept_secret;
mod layout;
pub(crate) mod local_administrator;
pub(crate) mod manage;
pub(crate) mod order;
mod origin;
mod own_form;
mod own_site;
pub(crate) mod people;
pub(crate) mod policies;
pub(crate) mod policy_conflict;
pub(crate) mod recovery;
pub(crate) mod recovery_key;
pub(crate) mod refusal;
pub(crate) mod remote_actions;
pub(crate) mod resilience;
pub(crate) mod security_headers;
pub(crate) mod sessions;
pub(crate) mod set_up;
pub(crate) mod sign_in;
pub(crate) mod sign_out;
pub(crate) mod support;
mod table_upload;
#[cfg(test)]
mod tests;
pub(crate) mod vault;
mod visitor;
pub(crate) mod what_if;

use layout::{Page, Place};
use visitor::Visitor;
