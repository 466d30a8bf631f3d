//! One action asked of many devices: a *bulk run*.
//!
//! Every device that is ready gets an ordinary action, sealed when the run is accepted and *held*: the device's agent is
//! not shown it. [`decide`] says when held ones are *released*: a few first, the *canary*, and the others when these have
//! ended well. Devices that are not ready get no action, but a [`Readiness`] and a code: one result for each device.

mod decide;
mod progress;
mod readiness;
mod standing;
mod state;
mod terms;

pub use decide::{Decision, decide};
pub use progress::{CodeCount, RunProgress};
pub use readiness::Readiness;
pub use standing::{CLAIMED_WITHIN, Counts, HEARD_WITHIN, Standing};
pub use state::{RunState, is_trouble_of_run};
pub use terms::{Canary, Terms, more_than_agreed};
