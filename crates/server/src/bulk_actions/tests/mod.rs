//! Bulk runs through the router.

mod ends;
mod interrupted;
mod orders;
mod plans;
mod results;
mod whole;
mod wildcards;
