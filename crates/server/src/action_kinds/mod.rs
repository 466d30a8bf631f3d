//! The catalogue of actions that can be asked of a device.

pub(crate) mod list;
