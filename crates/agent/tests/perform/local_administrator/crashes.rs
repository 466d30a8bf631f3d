//! The agent is killed before and after each tool: some password is always known, and the next agent ends with one that the vault has.

use agent::local_administrator::tend::Cause;
use macsim::model::password_policy::{DemandOrigin, PasswordDemand};
use trust::code::Code;
use trust::escrow::What;
use trust::local_administrator::{DEEDS, is_failed};
use trust::service_account::Deed;

use super::vault::{NAME, Vault, is_known, nothing_is_told, wanting};
use crate::macs::*;
use crate::recovery_key::vault::world_time;
use crate::service_account::{World, points, served};

const DUE: Cause = Cause {
    is_due: true,
    was_used: false,
};

fn ends_well(world: &World, vault: &mut Vault, killed: &str) {
    is_known(world, killed);
    for _ in 0..2 {
        world.tend_local_administrator(DUE);
        vault.take(world);
    }
    is_known(world, killed);
    let mac = world.mac();
    vault.opens(&mac, killed);
    assert!(truly_holds(&mac, NAME, vault.current().unwrap()), "{killed}");
    assert!(truly_holds(&mac, "ada", ADA), "{killed}");
    nothing_is_told(world, vault, killed);
}

#[test]
fn made() {
    let all = points(wanting(served(healthy())).0, |world| {
        world.tend_local_administrator(Cause::default());
    });
    assert!(all.len() > 10, "{}", all.len());
    for point in all {
        let (world, mut vault) = wanting(served(healthy()));
        let killed = format!("killed at {point:?}");
        world.killed(point, |world| world.tend_local_administrator(Cause::default()));
        let was_begun = world.custody.local_administrator.remembered().work.is_some();
        ends_well(&world, &mut vault, &killed);
        if was_begun {
            assert_eq!(
                last(&world).unwrap().code,
                Code::LocalAdministratorMade,
                "{killed}"
            );
        }
    }
}

/// The last that was told of the account.
fn last(world: &World) -> Option<Deed> {
    let mut told = world.told().into_iter();
    told.rfind(|deed| DEEDS.contains(&deed.kind))
}

/// It is made, and its password was shown to somebody an hour ago.
fn shown() -> (World, Vault) {
    let (world, mut vault) = wanting(served(healthy()));
    world.tend_local_administrator(Cause::default());
    vault.take(&world);
    vault.opens(&world.mac(), "before");
    let at = world_time(&world);
    vault.happens(What::Revealed, Some(1), None, at);
    vault.tell(&world);
    world.pass(std::time::Duration::from_hours(1));
    (world, vault)
}

#[test]
fn given_another_password() {
    let all = points(shown().0, |world| {
        world.tend_local_administrator(DUE);
    });
    assert!(all.len() > 10, "{}", all.len());
    for point in all {
        let (world, mut vault) = shown();
        let killed = format!("killed at {point:?}");
        world.killed(point, |world| world.tend_local_administrator(DUE));
        ends_well(&world, &mut vault, &killed);
        assert_ne!(vault.current(), Some(vault.versions[0].as_str()), "{killed}");
        assert_eq!(vault.standing.rotate_after, None, "{killed}");
        let codes = world.deeds();
        assert!(
            !codes.contains(&Code::LocalAdministratorUnproved),
            "{killed}: {codes:?}"
        );
    }
}

/// What was sent before it was known whether it is in force is set right.
#[test]
fn killed_and_sent_before_it_is_settled() {
    let all = points(shown().0, |world| {
        world.tend_local_administrator(DUE);
    });
    for point in all {
        let (world, mut vault) = shown();
        let killed = format!("killed at {point:?}, and sent");
        world.killed(point, |world| world.tend_local_administrator(DUE));
        vault.take(&world);
        ends_well(&world, &mut vault, &killed);
    }
}

/// It could not be made, and the day after it can.
fn not_made_yesterday() -> (World, Vault) {
    let mut mac = healthy();
    mac.password_policy.demands = vec![(PasswordDemand::MinLength(30), DemandOrigin::Local)];
    let (world, mut vault) = wanting(served(mac));
    world.tend_local_administrator(Cause::default());
    vault.take(&world);
    assert!(still_failed(&world, &vault), "{:?}", world.deeds());
    world.runner.change(|mac| mac.password_policy.demands.clear());
    world.days(1);
    (world, vault)
}

fn still_failed(world: &World, vault: &Vault) -> bool {
    is_failed(&last(world).unwrap(), &vault.standing)
}

/// Nobody is told of a failure for ever because the agent was killed before it told how the next try ended.
#[test]
fn killed_in_the_try_after_one_that_failed() {
    let all = points(not_made_yesterday().0, |world| {
        world.tend_local_administrator(Cause::default());
    });
    assert!(all.len() > 10, "{}", all.len());
    for point in all {
        let (world, mut vault) = not_made_yesterday();
        let killed = format!("killed at {point:?}");
        world.killed(point, |world| world.tend_local_administrator(Cause::default()));
        ends_well(&world, &mut vault, &killed);
        assert!(!still_failed(&world, &vault), "{killed}: {:?}", world.deeds());
    }
}
