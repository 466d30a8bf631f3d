//! The rules of the domain, on hand-made Macs.

mod grant_plan;
mod support;
mod token_state;
