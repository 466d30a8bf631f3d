//! What takes more than one endpoint to show.

mod access;
mod account_actions;
mod account_choice;
mod agents;
mod create_account;
mod grant;
pub(crate) mod operations;
mod passwords;
mod restart;
mod secrets;
mod tenants;
