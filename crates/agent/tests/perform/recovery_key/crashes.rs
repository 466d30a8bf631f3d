//! The agent is killed before and after each tool of a rotation: the vault ends with a key that opens the disk.

use std::time::Duration;

use agent::journal::Stage;
use agent::recovery_key::Receipt;
use macsim::model::mac::Mac;
use trust::code::Code;
use trust::escrow::{State, What};
use trust::id::{DeviceId, GenericUuid as _};
use uuid::Uuid;
use wire::escrow::{Escrow, Told};

use super::orders::{escrowing, rotate_key};
use super::vault::{Vault, nothing_is_told, world_time};
use crate::macs::*;
use crate::order::Order;
use crate::service_account::{World, points, served};

fn ordered(world: impl Fn() -> World, order: &Order) {
    let all = points(escrowing(world()).0, |world| {
        world.order(order, Stage::Started);
    });
    assert!(all.len() > 10, "{}", all.len());
    for point in all {
        let (world, mut vault) = escrowing(world());
        let killed = format!("killed at {point:?}");
        let done = world.order_killed(order, point);
        assert_eq!(
            done.outcome.code,
            Code::RecoveryKeyRotated,
            "{killed}\n{:#?}",
            done.outcome.evidence
        );
        nothing_is_told(&world, &vault, &killed);
        vault.take(&world);
        nothing_is_told(&world, &vault, &killed);
        vault.opens(&world.mac(), &killed);
        let made = world.mac().effects.recovery_keys_made;
        assert!(made <= 2, "{killed}: {made} keys were made");
    }
}

#[test]
fn by_the_service_account() {
    ordered(|| served(healthy()), &rotate_key(None));
}

#[test]
fn by_a_holder() {
    ordered(|| World::new(healthy()), &rotate_key(Some(("ada", ADA))));
}

/// The vault holds a key that was shown to somebody.
fn shown(mac: Mac) -> (World, Vault) {
    let (world, mut vault) = escrowing(served(mac));
    world.order(&rotate_key(None), Stage::Started);
    vault.take(&world);
    vault.opens(&world.mac(), "before");
    let shown = vault
        .standing
        .after(What::Revealed, Some(1), None, world_time(&world));
    vault.standing = shown.unwrap();
    vault.tell(&world);
    (world, vault)
}

#[test]
fn by_itself_after_a_key_was_shown() {
    let all = points(shown(healthy()).0, |world| {
        world.tend_recovery_key(true);
    });
    for point in all {
        let (world, mut vault) = shown(healthy());
        let killed = format!("killed at {point:?}");
        world.killed(point, |world| world.tend_recovery_key(true));
        // The next agent knows of the reveal, and of what was left unfinished. Killed again before it learns that a new key
        // ended the wish, it goes by what the vault told before.
        for _ in 0..2 {
            vault.acknowledge(&world);
            world.tend_recovery_key(true);
        }
        vault.take(&world);
        world.tend_recovery_key(vault.standing.rotate_after.is_some());
        let made = world.mac().effects.recovery_keys_made;
        // The first is the one that was shown.
        assert!((2..=3).contains(&made), "{killed}: {made} keys were made");
        vault.opens(&world.mac(), &killed);
        assert_eq!(vault.standing.rotate_after, None, "{killed}");
        assert_ne!(vault.current(), Some(vault.versions[0].as_str()), "{killed}");
        nothing_is_told(&world, &vault, &killed);
        let codes = world.deeds();
        assert!(!codes.contains(&Code::RecoveryKeyUnknown), "{killed}: {codes:?}");
    }
}

#[test]
fn a_message_that_was_sent_and_not_acknowledged_is_sent_again() {
    let (world, mut vault) = escrowing(served(healthy()));
    world.order(&rotate_key(None), Stage::Started);
    let first = world.custody.next_to_escrow().unwrap();
    assert_eq!(world.custody.next_to_escrow(), Some(first.clone()));
    vault.take(&world);
    assert_eq!(world.custody.next_to_escrow(), None);
    vault.opens(&world.mac(), "sent again");
}

#[test]
fn a_key_that_the_vault_will_not_open_is_lost_and_made_good() {
    let (world, mut vault) = escrowing(served(healthy()));
    world.order(&rotate_key(None), Stage::Started);
    let refused = world.custody.next_to_escrow().unwrap();
    refuse(&world, &refused);
    vault.take(&world);
    assert_eq!(vault.standing.state, State::KeyUnknown);
    world.tend_recovery_key(false);
    vault.take(&world);
    vault.opens(&world.mac(), "made good");
}

/// The vault will never open this message.
fn refuse(world: &World, message: &Escrow) {
    let tomorrow = world_time(world).plus(Duration::from_hours(24));
    world
        .custody
        .escrowed(message.id, Receipt::Refused, tomorrow)
        .unwrap();
}

#[test]
fn a_vault_that_opens_nothing_does_not_cost_the_mac_a_key_each_time() {
    let (world, _) = escrowing(served(healthy()));
    world.order(&rotate_key(None), Stage::Started);
    let made = || world.mac().effects.recovery_keys_made;
    for _ in 0..5 {
        while let Some(message) = world.custody.next_to_escrow() {
            refuse(&world, &message);
        }
        world.tend_recovery_key(false);
    }
    assert_eq!(made(), 2);
    world.days(2);
    world.tend_recovery_key(false);
    assert_eq!(made(), 3);
}

#[test]
fn a_vault_that_was_put_back_to_an_older_copy_is_told_that_its_key_is_not_the_macs() {
    let (world, mut vault) = shown(healthy());
    let older = (vault.standing, vault.versions.clone());
    world.tend_recovery_key(true);
    vault.take(&world);
    vault.opens(&world.mac(), "before");

    (vault.standing, vault.versions) = older;
    vault.tell(&world);
    vault.acknowledge(&world);
    assert_eq!(vault.standing.state, State::KeyUnknown);
    world.tend_recovery_key(false);
    vault.take(&world);
    vault.opens(&world.mac(), "made good");
    let made = world.mac().effects.recovery_keys_made;
    world.tend_recovery_key(false);
    assert_eq!(world.mac().effects.recovery_keys_made, made);
}

#[test]
fn a_key_that_waits_to_be_sent_outlasts_an_enrolment_as_the_same_device_only() {
    let device = |number| DeviceId::from_untyped_uuid(Uuid::from_u128(number));
    let (world, mut vault) = escrowing(World::new(healthy()));
    world.order(&rotate_key(Some(("ada", ADA))), Stage::Started);
    let waiting = world.custody.next_to_escrow();
    world
        .custody
        .enrolled(Vault::organization(), Vault::device())
        .unwrap();
    assert_eq!(world.custody.next_to_escrow(), waiting);
    vault.acknowledge(&world);
    vault.opens(&world.mac(), "sent");

    world.order(&rotate_key(Some(("ada", ADA))), Stage::Started);
    world.custody.enrolled(Vault::organization(), device(4)).unwrap();
    let told: Vec<_> = world.custody.recovery_key.remembered().outbox;
    assert_eq!(told.len(), 1);
    assert_eq!(told[0].told, Told::KeyUnknown);
}

#[test]
fn a_key_that_was_acknowledged_is_not_told_to_be_unknown() {
    let (world, mut vault) = escrowing(served(healthy()));
    world.order(&rotate_key(None), Stage::Started);
    // Killed before it learns what became of it, the agent goes by terms that say that nothing was ever told.
    vault.acknowledge(&world);
    world.tend_recovery_key(false);
    vault.acknowledge(&world);
    vault.opens(&world.mac(), "acknowledged");
}
