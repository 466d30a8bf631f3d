//! `diskutil info [-plist] /`.

use super::device;
use crate::model::mac::Mac;
use crate::model::volume::FileSystem;
use crate::tools::apple_plist::{dictionary, string, xml};
use crate::tools::session::{Exit, Session};

pub(super) fn run(session: &mut Session<'_>, args: &[String]) -> Exit {
    let target = args
        .iter()
        .find(|arg| !arg.starts_with('-'))
        .cloned()
        .unwrap_or_default();
    let Some(device) = session.look(|mac| device::resolve(&mac.volume, &target)) else {
        session.err(&format!("Could not find disk: {target}"));
        return 1;
    };
    if args.iter().any(|arg| arg == "-plist") {
        let text = session.look(|mac| xml(&describe(mac, &device)));
        session.out_raw(&text);
        return 0;
    }
    let lines = session.look(|mac| lines(mac, &device));
    for line in lines {
        session.out(&line);
    }
    0
}

fn describe(mac: &Mac, device: &str) -> plist::Value {
    let volume = &mac.volume;
    let on = mac.filevault.is_on();
    let is_data = device == volume.data_device && device != volume.root_device;
    let mount_point = if is_data { "/System/Volumes/Data" } else { "/" };
    let mut pairs = vec![
        ("DeviceIdentifier", string(device)),
        ("DeviceNode", string(format!("/dev/{device}"))),
    ];
    match volume.file_system {
        FileSystem::Apfs => {
            pairs.push(("APFSContainerReference", string(&volume.container)));
            if mac.os.major >= 11 || mac.os.minor >= 15 {
                pairs.push(("APFSVolumeGroupID", string(&volume.group_uuid)));
            }
            pairs.push(("Encryption", plist::Value::Boolean(on)));
            pairs.push(("FileVault", plist::Value::Boolean(on)));
            pairs.push(("Locked", plist::Value::Boolean(false)));
        }
        FileSystem::CoreStorage => {
            pairs.push(("CoreStorageLVUUID", string(&volume.uuid)));
            pairs.push(("CoreStorageLVGUUID", string(&volume.group_uuid)));
            pairs.push(("CoreStorageEncrypted", plist::Value::Boolean(on)));
        }
        FileSystem::Hfs => {}
    }
    pairs.push(("FilesystemName", string(personality(volume.file_system))));
    pairs.push((
        "FilesystemType",
        string(if volume.file_system == FileSystem::Apfs {
            "apfs"
        } else {
            "hfs"
        }),
    ));
    pairs.push(("MountPoint", string(mount_point)));
    pairs.push((
        "VolumeName",
        string(if is_data {
            format!("{} - Data", volume.name)
        } else {
            volume.name.clone()
        }),
    ));
    pairs.push((
        "VolumeUUID",
        string(if is_data { &volume.data_uuid } else { &volume.uuid }),
    ));
    dictionary(pairs)
}

fn lines(mac: &Mac, device: &str) -> Vec<String> {
    let on = mac.filevault.is_on();
    vec![
        format!("   Device Identifier:         {device}"),
        format!("   Device Node:               /dev/{device}"),
        String::new(),
        format!("   Volume Name:               {}", mac.volume.name),
        "   Mounted:                   Yes".to_owned(),
        "   Mount Point:               /".to_owned(),
        String::new(),
        format!(
            "   File System Personality:   {}",
            personality(mac.volume.file_system)
        ),
        format!(
            "   FileVault:                 {}",
            if on { "Yes (Unlocked)" } else { "No" }
        ),
        String::new(),
        format!("   Volume UUID:               {}", mac.volume.uuid),
    ]
}

fn personality(file_system: FileSystem) -> &'static str {
    match file_system {
        FileSystem::Apfs => "APFS",
        FileSystem::Hfs | FileSystem::CoreStorage => "Journaled HFS+",
    }
}
