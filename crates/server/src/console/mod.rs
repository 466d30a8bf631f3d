//! The console: pages for people. A page is a function from what it shows to HTML; it works without JavaScript, and a
//! script of forty lines keeps its live parts up to date.

pub(crate) mod action;
pub(crate) mod assets;
pub(crate) mod code;
mod components;
pub(crate) mod device;
pub(crate) mod devices;
mod layout;
mod refusal;
pub(crate) mod security_headers;
pub(crate) mod sign_in;
#[cfg(test)]
mod tests;
mod visitor;

use layout::Page;
use refusal::Refusal;
use visitor::Visitor;
