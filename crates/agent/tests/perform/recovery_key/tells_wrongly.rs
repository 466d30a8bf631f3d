//! A Mac whose tool does not tell the key that it has made, tells another one, or lies.

use std::time::Duration;

use agent::journal::Stage;
use macsim::model::knobs::{Lie, ToldKey};
use trust::code::Code;
use trust::escrow::State;

use super::orders::{escrowing, rotate_key};
use super::vault::{Vault, nothing_is_told};
use crate::macs::*;
use crate::service_account::{World, served};

/// Rotated once while the tool tells wrongly, then made good by the agent itself once it does not.
fn made_good(spoil: impl FnOnce(&World), mend: impl FnOnce(&World)) -> (World, Vault) {
    let (world, mut vault) = escrowing(served(healthy()));
    world.order(&rotate_key(None), Stage::Started);
    vault.take(&world);
    vault.opens(&world.mac(), "before");
    spoil(&world);
    let done = world.order(&rotate_key(None), Stage::Started);
    assert_eq!(
        done.outcome.code,
        Code::RecoveryKeyUnknown,
        "{:#?}",
        done.outcome.evidence
    );
    vault.take(&world);
    assert_eq!(vault.standing.state, State::KeyUnknown);
    assert_eq!(vault.current(), None);
    mend(&world);
    world.tend_recovery_key(false);
    vault.take(&world);
    vault.opens(&world.mac(), "made good");
    nothing_is_told(&world, &vault, "made good");
    (world, vault)
}

fn told(world: &World, told: ToldKey) {
    world.runner.change(|mac| mac.knobs.told_recovery_key = told);
}

#[test]
fn the_key_is_not_told() {
    let (world, _) = made_good(
        |world| told(world, ToldKey::Nothing),
        |world| told(world, ToldKey::Truly),
    );
    assert_eq!(world.deeds().last(), Some(&Code::RecoveryKeyRotated));
}

#[test]
fn another_key_is_told() {
    let (_, vault) = made_good(
        |world| told(world, ToldKey::Another),
        |world| told(world, ToldKey::Truly),
    );
    assert_eq!(vault.versions.len(), 2, "what opened nothing was never escrowed");
}

#[test]
fn a_lie_is_found_out() {
    let lie = |world: &World, lie| {
        world.runner.change(|mac| {
            mac.knobs.lie = lie;
            mac.knobs.lying_tools = ["fdesetup".to_owned()].into();
        });
    };
    made_good(|world| lie(world, Lie::Always), |world| lie(world, Lie::Never));
}

#[test]
fn a_mac_that_never_tells_is_asked_once_a_day() {
    let (world, mut vault) = escrowing(served(healthy()));
    told(&world, ToldKey::Nothing);
    world.order(&rotate_key(None), Stage::Started);
    vault.take(&world);
    let made = |world: &World| world.mac().effects.recovery_keys_made;
    let after_order = made(&world);
    assert_eq!(after_order, 2, "one, and one to make it good");
    for _ in 0..5 {
        world.tend_recovery_key(false);
        world.pass(Duration::from_mins(15));
    }
    assert_eq!(made(&world), after_order + 2);
    world.days(1);
    world.tend_recovery_key(false);
    assert_eq!(made(&world), after_order + 4);
}
