//! The console as browsers get it.

mod bulk;
mod buttons;
mod filters;
mod forms;
mod grace;
mod pages;
mod recovery;
mod refusals;
mod security;
