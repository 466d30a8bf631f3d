//! What a Mac is: plain data, without the rules that change it.

pub mod account_policy_data;
pub mod attributes;
pub mod clock;
pub mod crypto_user;
pub mod digest;
pub mod directory;
pub mod effects;
pub mod filevault;
pub mod group;
pub mod hardware;
pub mod keychain;
pub mod knobs;
pub mod launchd;
pub mod login_right;
pub mod mac;
pub mod mdm;
pub mod os;
pub mod password;
pub mod password_policy;
pub mod preboot;
pub mod random;
pub mod session;
pub mod start_up;
pub mod user;
pub mod volume;
pub mod wrapped_key;
