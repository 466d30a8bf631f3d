//! The life of the service account on simulated Macs.

mod at_the_screen;
mod birth;
mod crashes;
mod faults;
mod handing_on;
mod locked_out;
mod orders;
mod reinstall;
mod truth;
mod walk;
mod world;

pub use crashes::points;
pub use handing_on::served;
pub use orders::{create_by, remove, rotate};
pub use world::World;
