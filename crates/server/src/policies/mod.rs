//! Policies: what an organisation asks of every Mac.

pub(crate) mod days;
pub(crate) mod filevault;
pub(crate) mod local_administrator;
pub(crate) mod needs_attention;
pub(crate) mod on_off;
pub(crate) mod promote_administrators;
pub(crate) mod recovery_key;
pub(crate) mod reveals_need_approval;
pub(crate) mod second_factor_for_reveals;
pub(crate) mod service_account;
pub(crate) mod token_for_primary_users;
pub(crate) mod vault_retention;
