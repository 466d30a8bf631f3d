//! `/policies`: what the organisation asks of every Mac.

mod days;
mod filevault;
mod local_administrator;
mod needs_attention;
mod page;
mod panel;
mod recovery_key;
mod service_account;
mod set;
mod switch;
mod vault_retention;
mod without_token;

pub(crate) use filevault::{download_filevault_profile, set_filevault, show_filevault};
pub(crate) use local_administrator::set_local_administrator;
pub(crate) use needs_attention::set_needs_attention;
pub(crate) use page::show_policies;
pub(crate) use recovery_key::set_recovery_key;
pub(crate) use service_account::set_service_account;
pub(crate) use set::{
    set_promote_administrators, set_reveals_need_approval, set_second_factor_for_reveals,
    set_token_for_primary_users,
};
pub(crate) use vault_retention::set_vault_retention;

/// Where a form leads that was saved.
const SAVED: &str = "/policies?saved=true";
