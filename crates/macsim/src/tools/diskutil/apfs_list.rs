//! `diskutil apfs list [-plist]`.

use crate::model::mac::Mac;
use crate::model::volume::FileSystem;
use crate::tools::apple_plist::{dictionary, string, xml};
use crate::tools::session::{Exit, Session};

/// One volume of the container, as the property list describes it.
pub struct VolumeEntry<'a> {
    /// `APFSVolumeUUID`.
    pub uuid: &'a str,
    /// `CapacityInUse`, bytes.
    pub in_use: u64,
    /// `DeviceIdentifier`.
    pub device: &'a str,
    /// `Encryption` and `FileVault`.
    pub encrypted: bool,
    /// `Name`.
    pub name: &'a str,
    /// `Roles`.
    pub role: &'a str,
}

/// One container, as the property list describes it.
pub struct ContainerEntry<'a> {
    /// `APFSContainerUUID`.
    pub uuid: &'a str,
    /// `CapacityCeiling`, bytes.
    pub ceiling: u64,
    /// `CapacityFree`, bytes.
    pub free: u64,
    /// `ContainerReference`.
    pub reference: &'a str,
    /// `DesignatedPhysicalStore`.
    pub store: &'a str,
    /// `Volumes`.
    pub volumes: Vec<VolumeEntry<'a>>,
}

pub(super) fn run(session: &mut Session<'_>, args: &[String]) -> Exit {
    if !session.look(|mac| mac.volume.file_system == FileSystem::Apfs) {
        if args.iter().any(|arg| arg == "-plist") {
            session.out_raw(&xml(&dictionary([(
                "Containers",
                plist::Value::Array(Vec::new()),
            )])));
        } else {
            session.out("No APFS Containers found");
        }
        return 0;
    }
    let (plist, lines) = session.look(|mac| (xml(&property_list(&[container(mac)])), lines(mac)));
    if args.iter().any(|arg| arg == "-plist") {
        session.out_raw(&plist);
    } else {
        for line in lines {
            session.out(&line);
        }
    }
    0
}

/// The property list of these containers.
pub fn property_list(containers: &[ContainerEntry<'_>]) -> plist::Value {
    let containers = containers
        .iter()
        .map(|container| {
            dictionary([
                ("APFSContainerUUID", string(container.uuid)),
                ("CapacityCeiling", integer(container.ceiling)),
                ("CapacityFree", integer(container.free)),
                ("ContainerReference", string(container.reference)),
                ("DesignatedPhysicalStore", string(container.store)),
                ("Fusion", plist::Value::Boolean(false)),
                ("PhysicalStores", plist::Value::Array(Vec::new())),
                (
                    "Volumes",
                    plist::Value::Array(container.volumes.iter().map(volume).collect()),
                ),
            ])
        })
        .collect();
    dictionary([("Containers", plist::Value::Array(containers))])
}

fn volume(volume: &VolumeEntry<'_>) -> plist::Value {
    dictionary([
        ("APFSVolumeUUID", string(volume.uuid)),
        ("CapacityInUse", integer(volume.in_use)),
        ("CapacityQuota", integer(0)),
        ("CapacityReserve", integer(0)),
        ("CryptoMigrationOn", plist::Value::Boolean(false)),
        ("DeviceIdentifier", string(volume.device)),
        ("Encryption", plist::Value::Boolean(volume.encrypted)),
        ("FileVault", plist::Value::Boolean(volume.encrypted)),
        ("Locked", plist::Value::Boolean(false)),
        ("Name", string(volume.name)),
        ("Roles", plist::Value::Array(vec![string(volume.role)])),
    ])
}

fn container(mac: &Mac) -> ContainerEntry<'_> {
    let on = mac.filevault.is_on();
    let mut volumes = vec![VolumeEntry {
        uuid: &mac.volume.uuid,
        in_use: 11_274_289_152,
        device: &mac.volume.system_device,
        encrypted: on,
        name: &mac.volume.name,
        role: "System",
    }];
    if mac.volume.data_device != mac.volume.system_device {
        volumes.push(VolumeEntry {
            uuid: &mac.volume.data_uuid,
            in_use: 98_784_247_808,
            device: &mac.volume.data_device,
            encrypted: on,
            name: "Data",
            role: "Data",
        });
    }
    volumes.push(VolumeEntry {
        uuid: &mac.volume.container_uuid,
        in_use: 6_475_776,
        device: &mac.volume.preboot_device,
        encrypted: false,
        name: "Preboot",
        role: "Preboot",
    });
    ContainerEntry {
        uuid: &mac.volume.container_uuid,
        ceiling: 494_384_795_648,
        free: 380_104_015_872,
        reference: &mac.volume.container,
        store: "disk0s2",
        volumes,
    }
}

fn lines(mac: &Mac) -> Vec<String> {
    let container = container(mac);
    let mut lines = vec![
        "APFS Container (1 found)".to_owned(),
        "|".to_owned(),
        format!("+-- Container {} {}", container.reference, container.uuid),
    ];
    for volume in container.volumes {
        lines.push("    |".to_owned());
        lines.push(format!("    +-> Volume {} {}", volume.device, volume.uuid));
        lines.push(format!("        Name:                      {}", volume.name));
        lines.push(format!(
            "        FileVault:                 {}",
            if volume.encrypted { "Yes (Unlocked)" } else { "No" }
        ));
    }
    lines
}

fn integer(number: u64) -> plist::Value {
    plist::Value::Integer(number.into())
}
