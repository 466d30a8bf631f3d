//! Tokens of programs.

mod create;
mod page;
mod revoke;

pub(crate) use create::create_api_token;
pub(crate) use page::show_api_tokens;
pub(crate) use revoke::revoke_api_token;

/// Where the page is.
pub(super) const ADDRESS: &str = "/api-tokens";
