//! What stands in the way of every grant on a Mac agrees with what the plan of a grant says.

use trust::chain::obstacle;
use trust::code::Code;
use trust::observation::{BootVolume, Observation, System, VolumeFormat};
use trust::os::OsVersion;
use trust::plan::Knowledge;

use crate::support::{account, enabled, known, mac, plan, unknown};

fn healthy() -> Observation {
    mac(vec![enabled("ada", true), account("ben", false)])
}

#[test]
fn an_obstacle_refuses_every_grant() {
    let mut old = mac(vec![account("ada", true), account("ben", false)]);
    old.system = known(System {
        version: OsVersion::new(10, 12, 6),
        build: "16G29".to_owned(),
    });
    let mut volume = healthy();
    volume.boot_volume = known(BootVolume {
        device: "disk0s2".to_owned(),
        format: VolumeFormat::Hfs,
    });
    let nobody = mac(vec![account("ada", true), account("ben", false)]);
    let only_standard = mac(vec![
        account("ada", true),
        account("ben", false),
        enabled("cleo", false),
    ]);
    for (observation, code) in [
        (old, Code::OsTooOld),
        (volume, Code::VolumeNotApfs),
        (nobody, Code::ChainBroken),
        (only_standard, Code::NoGranter),
    ] {
        assert_eq!(obstacle(&observation), Some(code));
        assert_eq!(plan(&observation, Knowledge::NONE).refusal(), Some(code));
    }
}

#[test]
fn what_is_fine_or_not_told_is_no_obstacle() {
    assert_eq!(obstacle(&healthy()), None);
    let mut silent = healthy();
    silent.accounts = unknown();
    silent.system = unknown();
    assert_eq!(obstacle(&silent), None);
}
