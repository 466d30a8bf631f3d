//! Asking an action of a device by a form. What is filled in is a [`Draft`](draft::Draft), the plan stands beside it
//! before anything is sent, and what is sent goes the way of the API.

mod account;
pub(crate) mod address;
pub(in crate::console) mod choice;
mod create_account;
pub(crate) mod draft;
mod grant;
pub(in crate::console) mod kind;
mod meaning;
mod page;
mod password_from;
mod plan_aside;
mod recovery_key;
mod service_account;
pub(crate) mod show;
pub(crate) mod submit;

pub(in crate::console) use page::not_before;
pub(in crate::console) use password_from::password_from;
