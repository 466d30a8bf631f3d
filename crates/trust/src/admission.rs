//! Who a Mac that enrols is: a new device, one that is known, or one that only claims to be known.

use crate::id::DeviceId;

/// What a Mac that enrols becomes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Admission {
    /// A device of its own.
    NewDevice,
    /// The device that it was before, with the keys that it has now.
    SameDevice(DeviceId),
    /// A device of its own that waits for an administrator's approval: it has the serial number or the hardware UUID of a
    /// known one and has not shown that one's key.
    Pending,
}

/// Who a Mac is whose serial number or hardware UUID belongs to the devices `known`, and which has signed with the key of
/// the device `proved`.
///
/// An old key alone is enough when nobody else claims the machine's numbers, which change when a logic board is replaced.
pub fn admit(known: &[DeviceId], proved: Option<DeviceId>) -> Admission {
    match proved {
        Some(device) if known.iter().all(|&other| other == device) => Admission::SameDevice(device),
        None if known.is_empty() => Admission::NewDevice,
        Some(_) | None => Admission::Pending,
    }
}

#[cfg(test)]
mod tests {
    use newtype_uuid::GenericUuid as _;
    use uuid::Uuid;

    use super::*;

    #[test]
    fn only_the_old_key_takes_over_what_is_known() {
        let [a, b] = [1, 2].map(|n| DeviceId::from_untyped_uuid(Uuid::from_u128(n)));
        assert_eq!(admit(&[], None), Admission::NewDevice);
        assert_eq!(admit(&[a], None), Admission::Pending);
        assert_eq!(admit(&[a], Some(a)), Admission::SameDevice(a));
        assert_eq!(admit(&[], Some(a)), Admission::SameDevice(a));
        assert_eq!(
            admit(&[b], Some(a)),
            Admission::Pending,
            "a device cannot take another's numbers with its own key"
        );
        assert_eq!(admit(&[a, b], Some(a)), Admission::Pending);
    }
}
