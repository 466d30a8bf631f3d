//! The page on which the person of a Mac says who it is. It is opened by a link, without signing in, and shows nothing
//! that is known already.

mod page;
pub(crate) mod show;
pub(crate) mod submit;

/// Names of fields, as the form sends them.
mod name {
    pub(super) const FULL_NAME: &str = "full_name";
    pub(super) const USERNAME: &str = "username";
    pub(super) const EMAIL: &str = "email";
    pub(super) const PASSWORD: &str = "password";
    pub(super) const PASSWORD_AGAIN: &str = "password_again";

    /// All, in the order in which the form has them.
    pub(super) const ALL: [&str; 5] = [FULL_NAME, USERNAME, EMAIL, PASSWORD, PASSWORD_AGAIN];
}
