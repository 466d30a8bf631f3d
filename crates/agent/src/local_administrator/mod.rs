//! The local administrator: the account for people, whose password is drawn on the Mac, kept in the vault and replaced.
//!
//! * `keeper`: what is remembered over restarts, its passwords, and the messages that the vault has not acknowledged;
//! * `make`: the account, with a token from the service account; `rotate`: another password;
//! * `settle`: which password is in force, after a change or a kill; `trial`: one password tried;
//! * `tend`: what is due, done.
//!
//! What is to be done is decided by `trust::local_administrator`. A password lies in the keychain, and sealed to the vault beside
//! it, before it is set; which one is in force only the Mac says.

pub mod keeper;
mod make;
mod rotate;
mod settle;
pub mod tend;
mod trial;

pub use keeper::{Keeper, Memory};
pub use tend::tend;
