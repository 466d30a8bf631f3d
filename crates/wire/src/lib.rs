//! Messages between agent and server, and the sealing of credentials.
//!
//! * [`envelope`]: an action as it is addressed to one device, and its canonical bytes;
//! * [`seal`]: passwords sealed to the device's own key, bound to one envelope and one role in it;
//! * [`collected`]: passwords sealed for wildcards, bound to one collecting of them;
//! * [`escrow`]: what agents tell the vault of recovery keys and bootstrap tokens;
//! * [`offline`]: recovery keys that only the organisation's offline key opens;
//! * [`identity`]: how a device shows who it is;
//! * [`agent_api`]: what agent and server say to each other.
//!
//! This crate knows neither SQL nor Apple's tools, reads no clock and draws no randomness of its own.

pub mod agent_api;
pub mod collected;
pub mod encoding;
pub mod envelope;
pub mod escrow;
pub mod identity;
pub mod offline;
pub mod seal;
