//! The vault's lines of versions. An event, once written, is never changed or deleted, nor is a version, but by [`destroy_due`] of a
//! Mac that somebody decided to forget. Every other function adds to a line by the rule of [`Standing::after`], in the transaction that
//! read where it stood.

mod add;
mod append;
mod approval;
mod data_key;
mod destroy;
mod enrolled_anew;
mod enter;
mod forgotten;
mod hold;
mod judge;
mod list;
mod read;
mod read_out;
mod replacement;
mod reveal;

use add::{add_all_in, add_in};
pub use append::{Appended, NewMessage, NewSecret, Told, append};
pub use approval::{Approved, Asked, approve, asked, forget_asked};
pub use data_key::{WrappedKey, Wrapping, count, count_by_wrapping, count_under, under, wrap_anew};
pub use destroy::destroy_due;
pub(crate) use enrolled_anew::{bootstrap_token_ends_in, enrolled_anew_in};
pub use enter::{Entered, Entering, Entry, enter};
pub(crate) use forgotten::{forgotten_in, settle_device_in};
pub use hold::{Hold, Holding, hold};
pub use judge::judge_due;
pub(crate) use judge::{judged_in, standing_in};
pub use list::{KeptLine, Page, find, list};
pub(crate) use read::read_terms_of_device;
pub use read::{KeptSecret, find_secret, history, standing};
pub(crate) use read_out::read_out_in;
pub use replacement::{ReplacementAsked, ask_for_replacement};
pub use reveal::{Asker, Reveal, Revealed, reveal};

use trust::escrow::{EscrowKind, Origin, Standing, What};
use trust::id::{DeviceId, EscrowMessageId, OrganizationId};
use trust::time::Timestamp;

use crate::actor::Actor;

/// Stands for the device of a Mac that has not enrolled, of which somebody entered something. The audit log names none then.
pub const NO_DEVICE: DeviceId = DeviceId::nil();

/// A device as the audit log names it.
fn audited(device_id: DeviceId) -> Option<DeviceId> {
    (device_id != NO_DEVICE).then_some(device_id)
}

/// Names one line of versions.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Line<'a> {
    /// The organisation.
    pub organization_id: OrganizationId,
    /// The serial number of the Mac.
    pub serial_number: &'a str,
    /// What is kept in it.
    pub kind: EscrowKind,
}

/// A line as a transaction has read it.
#[derive(Debug, Clone, Copy)]
struct Read {
    standing: Standing,
    events: i64,
    device_id: Option<DeviceId>,
}

/// An event that is to be added to a line.
struct NewEvent<'a> {
    what: What,
    version: Option<u32>,
    origin: Option<Origin>,
    at: Timestamp,
    actor: &'a Actor,
    device_id: DeviceId,
    message_id: Option<EscrowMessageId>,
    reason: Option<&'a str>,
}
