//! The console as browsers get it.

mod forms;
mod grace;
mod pages;
