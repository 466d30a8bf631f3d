//! The recovery key on simulated Macs: escrowed, and replaced, so that the vault ends with a key that opens the disk.

mod after_recovery;
mod crashes;
mod escrow;
mod mended;
mod orders;
mod proof;
mod tells_wrongly;
pub mod vault;
