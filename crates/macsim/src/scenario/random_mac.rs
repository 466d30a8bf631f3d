//! Random Macs: a random machine to which random things have happened.

use super::builder::{Builder, Role, ScenarioMac};
use super::passwords;
use crate::model::clock::UnixMillis;
use crate::model::hardware::Chip;
use crate::model::mac::Mac;
use crate::model::os::OsVersion;
use crate::model::random::Random;
use crate::model::start_up::{Integrity, StartUpSecurity};
use crate::model::volume::FileSystem;
use crate::rules::change_password::change_password;
use crate::rules::delete_account::{delete_account, delete_record_only};
use crate::rules::grant::grant;
use crate::rules::refusal::Credentials;

const VERSIONS: &[OsVersion] = &[
    OsVersion::with_patch(10, 12, 6),
    OsVersion::with_patch(10, 13, 6),
    OsVersion::with_patch(10, 14, 1),
    OsVersion::with_patch(10, 14, 6),
    OsVersion::with_patch(10, 15, 7),
    OsVersion::with_patch(11, 7, 10),
    OsVersion::with_patch(12, 7, 6),
    OsVersion::with_patch(13, 7, 1),
    OsVersion::with_patch(14, 6, 1),
    OsVersion::with_patch(15, 2, 0),
    OsVersion::with_patch(26, 0, 0),
    OsVersion::with_patch(26, 6, 0),
];

const NAMES: &[(&str, &str)] = &[
    ("ada", "Ada Lovelace"),
    ("ben", "Ben O'Neill; 100%"),
    ("cleo", "Cl\u{e9}o \"C\" N\u{fa}\u{f1}ez"),
    ("dmitri", "\u{414}\u{43c}\u{438}\u{442}\u{440}\u{438}\u{439}"),
    ("emi", "\u{7530}\u{4e2d} \u{6075}\u{7f8e} \u{1F338}"),
    ("faye", "faye"),
];

/// The Mac that belongs to `seed`. Its accounts' passwords are the right ones for the directory; the disk
/// may know other ones, as on real Macs.
#[must_use]
pub fn random_mac(seed: u64, now: UnixMillis) -> ScenarioMac {
    let mut draw = Random::new(seed);
    let os = *draw.pick(VERSIONS);
    let chip = match os.major {
        10 => *draw.pick(&[Chip::Intel, Chip::T2]),
        26.. => *draw.pick(&[Chip::AppleSilicon, Chip::AppleSilicon, Chip::T2]),
        _ => *draw.pick(&[Chip::AppleSilicon, Chip::AppleSilicon, Chip::T2, Chip::Intel]),
    };
    let file_system = match (os.major, os.minor) {
        (10, 12) => *draw.pick(&[FileSystem::Hfs, FileSystem::CoreStorage]),
        (10, 13) => *draw.pick(&[
            FileSystem::Apfs,
            FileSystem::Apfs,
            FileSystem::Hfs,
            FileSystem::CoreStorage,
        ]),
        _ => FileSystem::Apfs,
    };
    let mut builder = Builder::new(os, chip, file_system, seed, now);
    if draw.one_in(2) {
        let (automated, supported) = (draw.one_in(2), !draw.one_in(3) && os >= OsVersion::new(10, 15));
        builder.enroll(automated, supported);
    }
    let accounts = 1 + draw.below(NAMES.len());
    for (name, full_name) in &NAMES[..accounts] {
        let role = if draw.one_in(2) {
            Role::Admin
        } else {
            Role::Standard
        };
        if draw.one_in(4) {
            builder.hash_made_account(name, full_name, role);
        } else {
            builder.account(name, full_name, role, None);
        }
        if draw.one_in(2) {
            builder.login(name);
        }
    }
    for _ in 0..draw.below(8) {
        let (name, _) = NAMES[draw.below(accounts)];
        let (other, _) = NAMES[draw.below(accounts)];
        happen(&mut builder, draw.below(9), name, other);
    }
    builder.mac().knobs.full_disk_access = !draw.one_in(8);
    builder.mac().session.network = !draw.one_in(8);
    security(builder.mac(), &mut draw);
    builder.finish()
}

/// What only recoveryOS and the MDM set. Drawn last, so that the rest of a seed's Mac stays what it was.
fn security(mac: &mut Mac, draw: &mut Random) {
    mac.start_up.security = *draw.pick(&[
        StartUpSecurity::Full,
        StartUpSecurity::Full,
        StartUpSecurity::Reduced,
        StartUpSecurity::None,
    ]);
    mac.start_up.integrity = match draw.below(6) {
        0 => Integrity::Off,
        1 => Integrity::Without(["Kext Signing".to_owned()].into()),
        _ => Integrity::On,
    };
    mac.start_up.mdm_control_by_user = draw.one_in(4);
    mac.mdm.recovery_lock = mac.mdm.enrolled && draw.one_in(4);
    mac.knobs.denies_recovery_keys = draw.one_in(8);
}

fn happen(builder: &mut Builder, what: usize, name: &str, other: &str) {
    let at = builder.at();
    let password = |builder: &Builder, name: &str| builder.password(name).unwrap_or_default();
    match what {
        0 => {
            builder.filevault(name);
        }
        1 => {
            builder.login(name);
        }
        2 => {
            builder.inject_hash(name);
        }
        3 => {
            builder.reboot();
        }
        4 => {
            let (own, others) = (password(builder, name), password(builder, other));
            let granter = Credentials { name, password: &own };
            let target = Credentials {
                name: other,
                password: &others,
            };
            let _ = grant(builder.mac(), granter, target, at);
        }
        5 => {
            let old = password(builder, name);
            let new = passwords::draw(builder.random());
            if change_password(builder.mac(), name, &old, &new, at).is_ok() {
                builder.set_password(name, new);
            }
        }
        6 => {
            if delete_record_only(builder.mac(), name).is_ok() {
                builder.forget(name);
            }
        }
        7 => {
            if delete_account(builder.mac(), name, false).is_ok() {
                builder.forget(name);
            }
        }
        _ => {
            builder.mac().directory.add_member("admin", name);
            builder.set_role(name, Role::Admin);
        }
    }
}
