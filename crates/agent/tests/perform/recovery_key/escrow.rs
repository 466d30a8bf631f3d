//! What a Mac has before Bestow comes: a key that nobody told, or one that macOS has left in a file.

use std::fs;

use agent::paths::Paths;
use agent::recovery_key::Receipt;
use agent::service_account::Custody;
use macsim::model::filevault::Progress;
use macsim::model::mac::Mac;
use macsim::rules::filevault::{RecoveryKeyChoice, enable};
use macsim::rules::refusal::Credentials;
use trust::escrow::State;
use wire::escrow::Told;

use super::orders::escrowing;
use super::vault::{Vault, world_time};
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

#[test]
fn a_key_that_the_vault_has_from_the_file_is_not_told_to_be_unknown() {
    for (receipt, is_unknown) in [
        (Receipt::Kept { version: Some(1) }, false),
        (Receipt::Refused, true),
    ] {
        let folder = tempfile::tempdir().unwrap();
        let paths = Paths::new(folder.path(), None);
        fs::create_dir_all(paths.state()).unwrap();
        fs::create_dir_all(paths.escrow_file().parent().unwrap()).unwrap();
        fs::write(paths.escrow_file(), b"\x30\x03one").unwrap();
        let mut world = World::new(with_key());
        world.custody = Custody::open(&paths).unwrap();
        Vault::new().tell(&world);
        world.tend_recovery_key(false);
        let sent = world.custody.next_to_escrow().unwrap();
        assert!(matches!(sent.told, Told::EscrowFile { .. }), "{sent:?}");
        world
            .custody
            .escrowed(sent.id, receipt, world_time(&world))
            .unwrap();
        assert_eq!(world.custody.next_to_escrow(), None);
        // What the vault says of the Mac is not known yet.
        world.tend_recovery_key(false);
        let told = world.custody.next_to_escrow().map(|message| message.told);
        assert_eq!(told, is_unknown.then_some(Told::KeyUnknown), "{receipt:?}");
    }
}
