//! The agent is killed before and after each tool of a rotation: the vault ends with a key that opens the disk.

use agent::journal::Stage;
use macsim::model::mac::Mac;
use trust::code::Code;
use trust::escrow::{Standing, What};

use super::orders::{escrowing, rotate_key};
use super::vault::{Vault, nothing_is_told};
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

fn world_time(world: &World) -> trust::time::Timestamp {
    agent::clock::Clock::now(world)
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
        // The next agent knows of the reveal, and of what was left unfinished.
        let still_due = |vault: &Vault| vault.standing.rotate_after.is_some();
        vault.take(&world);
        world.tend_recovery_key(still_due(&vault));
        vault.take(&world);
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
    let (world, vault) = escrowing(served(healthy()));
    world.order(&rotate_key(None), Stage::Started);
    let first = world.custody.next_to_escrow().unwrap();
    assert_eq!(world.custody.next_to_escrow(), Some(first.clone()));
    world.custody.escrowed(first.id, true).unwrap();
    assert_eq!(world.custody.next_to_escrow(), None);
    assert_eq!(vault.standing, Standing::default());
}

#[test]
fn a_key_that_the_vault_will_not_open_is_lost_and_made_good() {
    let (world, mut vault) = escrowing(served(healthy()));
    world.order(&rotate_key(None), Stage::Started);
    let refused = world.custody.next_to_escrow().unwrap();
    world.custody.escrowed(refused.id, false).unwrap();
    vault.take(&world);
    assert_eq!(vault.standing.state, trust::escrow::State::KeyUnknown);
    world.tend_recovery_key(false);
    vault.take(&world);
    vault.opens(&world.mac(), "made good");
}
