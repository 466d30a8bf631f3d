//! A store filled with a fleet, without one request: through the store's own functions, as the server would have called
//! them.

mod actions;
mod fill;
mod mixture;
mod names;

pub use fill::{Filled, Stocked, fill};
pub use mixture::{Mixture, Template};
