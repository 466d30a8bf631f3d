//! Who asks: programs and people ([`Caller`]), and devices ([`CallingDevice`]).

mod caller;
pub(crate) mod cookie;
mod device;

pub(crate) use caller::Caller;
pub(crate) use device::CallingDevice;
