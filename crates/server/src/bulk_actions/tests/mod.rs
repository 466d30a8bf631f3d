//! Bulk runs through the router.

mod ends;
mod interrupted;
mod kept_plans;
mod orders;
mod plans;
mod results;
mod whole;
mod wildcards;
