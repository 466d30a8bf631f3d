//! Signing in with a name and a password: the hash of the password, the limit on guesses, and the session that begins.

mod address;
mod guessing;
mod passwords;
mod session;
mod with_password;

pub(crate) use address::Address;
pub(crate) use guessing::Guessing;
pub(crate) use passwords::Passwords;
pub(crate) use session::NewSession;
pub(crate) use with_password::{Refused, SignedIn, is_own_password, sign_in};
