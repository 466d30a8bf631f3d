//! How macOS behaves: each file is one thing that can happen to a Mac, applied to the model.

pub mod authenticate;
pub mod bootstrap_token;
pub mod change_password;
pub mod create_account;
pub mod delete_account;
pub mod erase;
pub mod escrow_profile;
pub mod filevault;
pub mod first_token;
pub mod grant;
pub mod inject_hash;
pub mod institutional_key;
pub mod login;
pub mod preboot;
pub mod reboot;
pub mod recovery_key;
pub mod recovery_reset;
pub mod refusal;
pub mod reset_password;
pub mod revoke;
pub mod set_password;
pub mod start_up;
pub mod unlock;
pub mod upgrade;
