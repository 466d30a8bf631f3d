//! The ways in: a name with a password, and a link of the server's operator.

mod link;
mod page;
mod show;
mod step;
mod submit;

pub(crate) use link::follow_link;
pub(super) use page::Form;
pub(crate) use show::show_sign_in;
pub(crate) use step::sign_in_by_code;
pub(crate) use submit::sign_in;

/// Where the page is.
pub(super) const ADDRESS: &str = "/sign-in";

/// Names of fields, as the form sends them.
mod name {
    pub(super) const NAME: &str = "name";
    pub(super) const PASSWORD: &str = "password";
    pub(super) const THEN: &str = "then";
}
