//! The recovery key: escrowed where the Mac has left it, and replaced by another one.
//!
//! * `keeper`: what is remembered over restarts, and the messages that the vault has not acknowledged;
//! * `rotate`: another key, from the moment before it is made to the proof that it opens the disk;
//! * `order`: a rotation that an administrator asked for; `tend`: what the agent does by itself;
//! * `prove`: whether the key that the vault keeps still opens the disk;
//! * `file`: the key as macOS leaves it, encrypted, for an escrow profile.
//!
//! macOS chooses each key, and the former one opens nothing from then on. So a key is sealed to the vault and on the disk before
//! anything else is done with it, and a rotation that was cut off before that is told as a key that nobody knows, and made good by
//! another one. The agent never keeps a key that it could read.

mod file;
pub mod keeper;
pub(crate) mod order;
mod prove;
mod rotate;
pub mod tend;

pub use keeper::{Keeper, Memory, Receipt, Vault};
pub use prove::prove;
pub(crate) use tend::ROUND;
pub use tend::tend;
