//! Who may do what: [`Permission`]s, the [`Role`]s that bring them, and what a person or a program has of them
//! ([`Rights`]). Which operation needs which permission stands with the operations, in the server.

mod guesses;
mod password;
mod permission;
mod person_name;
mod rights;
mod role;
mod session;

pub use guesses::{Guesses, Limit};
pub use password::{PasswordRefused, check_password};
pub use permission::Permission;
pub use person_name::{NotAPersonName, PersonName};
pub use rights::Rights;
pub use role::Role;
pub use session::{SESSION_LASTS, SessionEnd, UNUSED_SESSION_LASTS};
