//! What is measured: one file for each line of work.

pub mod agents;
pub mod check_in;
pub mod cold_start;
pub mod delivery;
pub mod diagnosis;
pub mod escrow;
pub mod idle_poll;
pub mod lists;
pub mod memory;
pub mod observation;
