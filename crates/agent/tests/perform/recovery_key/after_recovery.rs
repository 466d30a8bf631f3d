//! A Mac is led back by its recovery key: afterwards the service account is made again, and the key that was read out is replaced by
//! the agent itself, whatever it is killed at.

use std::time::Duration;

use macsim::model::hardware::Chip;
use macsim::rules::recovery_key::is_valid;
use trust::escrow::{State, What};
use trust::service_account::Status;

use super::orders::escrowing;
use super::vault::{Vault, nothing_is_told};
use crate::recovery_walk::led_back;
use crate::service_account::{World, points};

const CHIPS: &[(&str, Chip)] = &[
    ("10.15.7", Chip::Intel),
    ("12.7.6", Chip::T2),
    ("15.2", Chip::AppleSilicon),
    ("26.6", Chip::AppleSilicon),
];

/// A Mac that came back by its key a moment ago, and the vault, which was told that somebody was sent to type it.
fn back(os: &str, chip: Chip) -> (World, Vault, String) {
    let (mac, key) = led_back(os, chip, &["ada", "ben"]);
    let (world, mut vault) = escrowing(World::new(mac));
    let now = agent::clock::Clock::now(&world);
    let told = vault.standing.after(What::ReadOut, None, None, now);
    vault.standing = told.unwrap();
    vault.tell(&world);
    (world, vault, key)
}

/// Whether the vault wants another key by now.
fn is_due(world: &World, vault: &Vault) -> bool {
    let now = agent::clock::Clock::now(world);
    vault.standing.rotate_after.is_some_and(|at| at <= now)
}

/// The agent looks after what there is to look after, and the vault takes what it tells.
fn round(world: &World, vault: &mut Vault) {
    world.tend();
    world.tend_recovery_key(is_due(world, vault));
    vault.take(world);
}

#[test]
fn the_key_that_was_read_out_is_replaced_as_soon_as_a_proved_password_is_there() {
    for (os, chip) in CHIPS {
        let context = format!("{os} {chip:?}");
        let (world, mut vault, key) = back(os, *chip);
        world.pass(Duration::from_hours(2));
        round(&world, &mut vault);
        assert!(
            is_valid(&world.mac(), &key),
            "{context}: nobody could replace it yet"
        );
        world
            .log_in("ada", crate::recovery_walk::NEW_PASSWORD)
            .unwrap_or_else(|refusal| panic!("{context}: {refusal:?}"));
        assert!(
            matches!(world.status(), Status::Valid { .. }),
            "{context}: {:#?}",
            world.told()
        );
        round(&world, &mut vault);
        vault.opens(&world.mac(), &context);
        assert!(
            !is_valid(&world.mac(), &key),
            "{context}: the key that was read out opens the disk"
        );
        assert_eq!(vault.standing.rotate_after, None, "{context}");
        nothing_is_told(&world, &vault, &context);
    }
}

#[test]
fn killed_at_any_step_of_it_the_vault_ends_with_a_proved_key() {
    let (os, chip) = ("15.2", Chip::AppleSilicon);
    let ready = || {
        let (world, vault, key) = back(os, chip);
        world.log_in("ada", crate::recovery_walk::NEW_PASSWORD).unwrap();
        world.pass(Duration::from_hours(2));
        (world, vault, key)
    };
    for point in points(ready().0, |world| {
        world.tend_recovery_key(true);
    }) {
        let (world, mut vault, key) = ready();
        let killed = format!("killed at {point:?}");
        world.killed(point, |world| world.tend_recovery_key(true));
        vault.take(&world);
        round(&world, &mut vault);
        round(&world, &mut vault);
        assert_eq!(vault.standing.state, State::Held, "{killed}");
        vault.opens(&world.mac(), &killed);
        assert!(!is_valid(&world.mac(), &key), "{killed}");
        nothing_is_told(&world, &vault, &killed);
    }
}
