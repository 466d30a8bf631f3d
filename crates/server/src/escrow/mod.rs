//! What the vault keeps of Macs, between the agents that bring it and the people who look at it.

pub(crate) mod open;
pub(crate) mod receive;
