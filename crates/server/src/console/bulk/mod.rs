//! One action asked of many Macs: a form, its plan, a confirmation, and the run until its end. What is filled in is a
//! [`Draft`](draft::Draft), which stands in the address of form and plan; only the confirmation holds passwords.

mod asked;
mod confirm;
mod draft;
mod form;
mod groups;
pub(crate) mod list;
pub(crate) mod new;
pub(crate) mod plan;
mod plan_page;
pub(crate) mod run;
mod selection;
pub(crate) mod start;

/// Where the runs are.
pub(super) const ADDRESS: &str = "/bulk";

/// Where the form is.
pub(super) const FORM: &str = "/bulk/new";

/// Where the plan of what is filled in is.
const PLAN: &str = "/bulk/plan";

pub(super) use draft::{CHOSEN, MATCHING, name};
pub(super) use selection::{chain_choice, finding_choice, service_account_choice};
