//! What a Mac has before Bestow comes: a key that nobody told, or one that macOS has left in a file.

use std::fs;

use agent::paths::Paths;
use agent::service_account::Custody;
use macsim::model::filevault::Progress;
use macsim::model::mac::Mac;
use macsim::rules::filevault::{RecoveryKeyChoice, enable};
use macsim::rules::refusal::Credentials;
use trust::escrow::State;

use super::orders::escrowing;
use super::vault::Vault;
use crate::macs::*;
use crate::service_account::{World, served};

/// FileVault was turned on by ada, and somebody else has the key.
fn with_key() -> Mac {
    let mut mac = healthy();
    mac.filevault.progress = Progress::Off;
    let who = Credentials {
        name: "ada",
        password: ADA,
    };
    let at = World::new(healthy()).at();
    enable(&mut mac, who, RecoveryKeyChoice::Make, at).unwrap();
    mac
}

#[test]
fn a_key_that_nobody_told_is_known_to_be_unknown_and_left_alone() {
    let (world, mut vault) = escrowing(served(with_key()));
    for _ in 0..2 {
        world.tend_recovery_key(false);
        vault.take(&world);
        assert_eq!(vault.standing.state, State::KeyUnknown);
    }
    // Somebody else may have it, so that only an order replaces it.
    assert_eq!(world.mac().effects.recovery_keys_made, 1);
}

#[test]
fn a_mac_without_a_key_is_told_nothing_of() {
    let (world, mut vault) = escrowing(World::new(healthy()));
    world.tend_recovery_key(false);
    vault.take(&world);
    assert_eq!(vault.standing.state, State::Empty);
}

#[test]
fn what_macos_left_in_its_file_is_sent_once_as_it_is() {
    let folder = tempfile::tempdir().unwrap();
    let paths = Paths::new(folder.path(), None);
    fs::create_dir_all(paths.state()).unwrap();
    fs::create_dir_all(paths.escrow_file().parent().unwrap()).unwrap();
    let mut world = World::new(healthy());
    world.custody = Custody::open(&paths).unwrap();
    let mut vault = Vault::new();
    vault.tell(&world);
    fs::write(paths.escrow_file(), b"\x30\x03one").unwrap();
    for _ in 0..2 {
        world.tend_recovery_key(false);
        vault.take(&world);
    }
    assert_eq!(vault.files, [b"\x30\x03one".to_vec()]);
    fs::write(paths.escrow_file(), b"\x30\x03two").unwrap();
    world.tend_recovery_key(false);
    vault.take(&world);
    assert_eq!(vault.files.len(), 2);
    fs::write(paths.escrow_file(), vec![0x30; 100_000]).unwrap();
    world.tend_recovery_key(false);
    vault.take(&world);
    assert_eq!(vault.files.len(), 2, "macOS leaves no such file");
}
