//! A kept key comes back to be tried, and the disk was opened with one.

use std::time::Duration;

use agent::journal::Stage;
use macsim::model::crypto_user::PERSONAL_RECOVERY;
use macsim::model::mac::Mac;
use secrecy::SecretString;
use trust::escrow::State;
use trust::time::Timestamp;

use super::orders::{escrowing, rotate_key};
use super::vault::{Vault, nothing_is_told};
use crate::macs::*;
use crate::service_account::{World, points, served};

/// The vault holds the Mac's key.
fn held(mac: Mac) -> (World, Vault) {
    let (world, mut vault) = escrowing(served(mac));
    world.order(&rotate_key(None), Stage::Started);
    vault.take(&world);
    vault.opens(&world.mac(), "before");
    (world, vault)
}

fn kept(vault: &Vault) -> SecretString {
    SecretString::from(vault.current().unwrap())
}

#[test]
fn a_kept_key_that_opens_the_disk_is_proved_again() {
    let (world, mut vault) = held(healthy());
    let before = vault.standing.proved_at.unwrap();
    world.days(30);
    world.prove_kept_key(1, &kept(&vault));
    vault.take(&world);
    assert!(vault.standing.proved_at.unwrap().since(before) > Duration::from_hours(24));
    vault.opens(&world.mac(), "again");
    nothing_is_told(&world, &vault, "proved again");
}

#[test]
fn a_kept_key_that_somebody_else_has_replaced_is_told_and_mended_by_an_order() {
    let (world, mut vault) = held(healthy());
    let kept_key = vault.current().unwrap().to_owned();
    world.runner.change(|mac| {
        let key = mac.volume.unlock(PERSONAL_RECOVERY, &kept_key).unwrap();
        macsim::rules::recovery_key::replace(mac, key);
    });
    world.prove_kept_key(1, &kept(&vault));
    vault.take(&world);
    assert_eq!(vault.standing.state, State::KeyUnknown);
    assert_eq!(vault.current(), None, "nobody is told that it opens the disk");
    world.order(&rotate_key(None), Stage::Started);
    vault.take(&world);
    vault.opens(&world.mac(), "after the order");
}

#[test]
fn killed_in_a_proof_the_vault_claims_nothing_wrong() {
    let prove = |world: &World, key: &SecretString| world.prove_kept_key(1, key);
    let (world, vault) = held(healthy());
    let key = kept(&vault);
    for point in points(world, |world| prove(world, &key)) {
        let (world, mut vault) = held(healthy());
        let key = kept(&vault);
        world.killed(point, |world| prove(world, &key));
        assert!(
            world.custody.recovery_key.remembered().proof_tried_at.is_some(),
            "{point:?}: a restart would try it again at once"
        );
        vault.take(&world);
        vault.opens(&world.mac(), &format!("killed at {point:?}"));
    }
}

/// The key was used to start the Mac.
fn used(mac: Mac) -> (World, Vault) {
    let (world, vault) = held(mac);
    world.restart();
    world
        .runner
        .change(|mac| mac.filevault.unlocked_with_recovery_key = true);
    (world, vault)
}

/// What the server says by its clock.
fn is_due(vault: &Vault, world: &World) -> bool {
    let now: Timestamp = agent::clock::Clock::now(world);
    vault.standing.rotate_after.is_some_and(|at| at <= now)
}

#[test]
fn a_key_that_was_used_is_told_once_and_replaced() {
    let (world, mut vault) = used(healthy());
    world.tend_recovery_key(false);
    vault.take(&world);
    assert!(is_due(&vault, &world));
    world.tend_recovery_key(true);
    vault.take(&world);
    vault.opens(&world.mac(), "replaced");
    assert_eq!(vault.standing.current, Some(2));
    world.tend_recovery_key(false);
    vault.take(&world);
    assert_eq!(vault.standing.rotate_after, None, "it was one start of the Mac");
    world.restart();
    world
        .runner
        .change(|mac| mac.filevault.unlocked_with_recovery_key = true);
    world.tend_recovery_key(false);
    vault.take(&world);
    assert!(is_due(&vault, &world), "it was used again");
}

#[test]
fn killed_while_a_use_is_told_and_the_key_replaced_the_vault_ends_with_a_proved_key() {
    let round = |world: &World| {
        world.tend_recovery_key(false);
        world.tend_recovery_key(true);
    };
    for point in points(used(healthy()).0, round) {
        let (world, mut vault) = used(healthy());
        let killed = format!("killed at {point:?}");
        world.killed(point, |world| round(world));
        // Up to here the vault may show the former key: the next agent tells.
        vault.take(&world);
        for _ in 0..2 {
            world.tend_recovery_key(is_due(&vault, &world));
            vault.take(&world);
        }
        vault.opens(&world.mac(), &killed);
        assert_ne!(vault.current(), Some(vault.versions[0].as_str()), "{killed}");
        nothing_is_told(&world, &vault, &killed);
    }
}
