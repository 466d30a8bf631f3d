//! Which volume a command means.

use crate::model::volume::Volume;

/// The device identifier for `/`, a device, a volume name or a UUID. `None` if this Mac has no such thing.
pub(super) fn resolve(volume: &Volume, target: &str) -> Option<String> {
    let target = target.strip_prefix("/dev/").unwrap_or(target);
    if target == "/" || target == volume.name || target == volume.root_device {
        return Some(volume.root_device.clone());
    }
    if target == "/System/Volumes/Data" || target == volume.data_device || target == volume.data_uuid {
        return Some(volume.data_device.clone());
    }
    if target == volume.system_device || target == volume.uuid {
        return Some(volume.system_device.clone());
    }
    (target == volume.preboot_device).then(|| volume.preboot_device.clone())
}
