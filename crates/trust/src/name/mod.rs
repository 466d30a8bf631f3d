//! Names of accounts, checked once at the border.

mod account_name;
mod full_name;

pub use account_name::{AccountName, LONGEST_ACCOUNT_NAME, NotAnAccountName};
pub use full_name::{FullName, LONGEST_FULL_NAME, NotAFullName};
