//! What becomes of the account while nobody kills the agent.

use agent::local_administrator::tend::Cause;
use macsim::model::password_policy::{DemandOrigin, PasswordDemand};
use trust::code::Code;
use trust::escrow::{State, What};
use trust::local_administrator::{Alphabet, Settings};

use super::vault::{NAME, Vault, nothing_is_told, settings, wanting};
use crate::macs::*;
use crate::recovery_key::vault::world_time;
use crate::service_account::{World, served};

const DUE: Cause = Cause {
    is_due: true,
    was_used: false,
};

fn tended(world: &World, vault: &mut Vault, cause: Cause) {
    world.tend_local_administrator(cause);
    vault.take(world);
    nothing_is_told(world, vault, "tended");
}

fn made() -> (World, Vault) {
    let (world, mut vault) = wanting(served(healthy()));
    tended(&world, &mut vault, Cause::default());
    (world, vault)
}

#[test]
fn it_is_made_with_a_token_of_the_service_accounts() {
    let (world, vault) = made();
    let mac = world.mac();
    vault.opens(&mac, "made");
    assert!(truly_holds(&mac, NAME, vault.current().unwrap()));
    let user = mac.directory.user(NAME).unwrap();
    assert!(mac.directory.is_admin(user));
    let ours = world.look().local_administrator.unwrap();
    assert!(ours.guid.eq_ignore_ascii_case(user.guid()), "{ours:?}");
    assert!(ours.has_password && ours.is_wanted, "{ours:?}");
    let told = world.told();
    let deed = told.last().unwrap();
    assert_eq!(deed.code, Code::LocalAdministratorMade);
    assert_eq!(deed.edge.as_ref().unwrap().target, NAME);
    let password = vault.current().unwrap();
    assert_eq!(password.len(), 20);
    let alphabet = Alphabet::LettersAndDigits.characters();
    assert!(password.chars().all(|one| alphabet.contains(one)));
}

#[test]
fn without_a_service_account_it_gets_its_token_later() {
    let (world, mut vault) = wanting(World::new(healthy()));
    tended(&world, &mut vault, Cause::default());
    assert_eq!(world.deeds(), [Code::LocalAdministratorMadeWithoutToken]);
    vault.opens(&world.mac(), "without a token");
    world.restart();
    world.log_in("ada", ADA).unwrap();
    tended(&world, &mut vault, Cause::default());
    assert!(truly_holds(&world.mac(), NAME, vault.current().unwrap()));
    assert_eq!(vault.versions.len(), 1, "the password is the one that it was");
}

#[test]
fn a_password_that_was_seen_is_replaced_once() {
    let (world, mut vault) = made();
    let at = world_time(&world);
    vault.happens(What::Revealed, Some(1), None, at);
    vault.tell(&world);
    tended(&world, &mut vault, Cause::default());
    assert_eq!(vault.versions.len(), 1, "the hour is not over");
    tended(&world, &mut vault, DUE);
    assert_eq!(vault.versions.len(), 2);
    vault.opens(&world.mac(), "replaced");
    assert_eq!(vault.standing.rotate_after, None);
    tended(&world, &mut vault, DUE);
    assert_eq!(vault.versions.len(), 2, "once");
}

#[test]
fn it_is_replaced_by_the_schedule() {
    let (world, mut vault) = made();
    world.days(26);
    tended(&world, &mut vault, Cause::default());
    assert_eq!(vault.versions.len(), 1);
    world.days(4);
    world.tend();
    tended(&world, &mut vault, Cause::default());
    assert_eq!(vault.versions.len(), 2);
    vault.opens(&world.mac(), "by the schedule");
}

#[test]
fn it_is_replaced_after_use_when_the_session_is_over() {
    let (world, mut vault) = made();
    let password = vault.current().unwrap().to_owned();
    world.log_in(NAME, &password).unwrap();
    let used = Cause {
        was_used: true,
        ..Cause::default()
    };
    tended(&world, &mut vault, used);
    assert_eq!(vault.versions.len(), 1, "it is at the screen");
    assert!(
        vault.standing.rotate_after.is_some(),
        "the vault knows of the use"
    );
    world.restart();
    world.log_in("ada", ADA).unwrap();
    tended(&world, &mut vault, DUE);
    assert_eq!(vault.versions.len(), 2);
    vault.opens(&world.mac(), "after use");
}

#[test]
fn an_account_of_that_name_is_left_alone_and_told_once() {
    let (world, mut vault) = wanting(served(healthy()));
    world
        .runner
        .change(|mac| add_user(mac, NAME, "somebody-else-1", &[]));
    for _ in 0..2 {
        tended(&world, &mut vault, Cause::default());
    }
    assert_eq!(world.look().local_administrator, None, "it is not the agent's");
    let taken = Code::LocalAdministratorNameTaken;
    let told = world.deeds().into_iter().filter(|code| *code == taken).count();
    assert_eq!(told, 1);
    assert!(
        world
            .mac()
            .directory
            .user(NAME)
            .unwrap()
            .accepts("somebody-else-1")
    );
    assert_eq!(vault.standing.state, State::Empty);
}

#[test]
fn a_password_that_somebody_changed_is_told_to_be_unknown() {
    let (world, mut vault) = made();
    let password = vault.current().unwrap().to_owned();
    let at = world.at();
    world.runner.change(|mac| {
        macsim::rules::change_password::change_password(mac, NAME, &password, "by-hand-4711", at).unwrap();
    });
    let asked = world_time(&world);
    vault.happens(What::ReplacementAsked, None, None, asked);
    vault.tell(&world);
    tended(&world, &mut vault, DUE);
    assert_eq!(vault.standing.state, State::KeyUnknown);
    assert!(!world.look().local_administrator.unwrap().has_password);
    assert!(world.mac().directory.user(NAME).unwrap().accepts("by-hand-4711"));
}

#[test]
fn a_vault_that_was_put_back_is_told_again() {
    let (world, mut vault) = made();
    let older = vault.standing;
    let asked = world_time(&world);
    vault.happens(What::ReplacementAsked, None, None, asked);
    vault.tell(&world);
    tended(&world, &mut vault, DUE);
    (vault.standing, vault.versions) = (older, vault.versions[..1].to_vec());
    vault.tell(&world);
    tended(&world, &mut vault, Cause::default());
    vault.opens(&world.mac(), "told again");
}

/// A Mac whose policy takes no password of the wanted length.
fn too_strict() -> (World, Vault) {
    let mut mac = healthy();
    mac.password_policy.demands = vec![(PasswordDemand::MinLength(30), DemandOrigin::Local)];
    wanting(served(mac))
}

#[test]
fn what_failed_is_tried_again_a_day_later_or_at_once_when_something_else_is_wanted() {
    let (world, mut vault) = too_strict();
    let failures = |world: &World| {
        let not_made = |code: &Code| *code == Code::LocalAdministratorNotMade;
        world.deeds().into_iter().filter(not_made).count()
    };
    for _ in 0..2 {
        tended(&world, &mut vault, Cause::default());
        assert_eq!(failures(&world), 1, "the same is not tried twice a day");
    }
    world.days(1);
    tended(&world, &mut vault, Cause::default());
    assert_eq!(failures(&world), 2, "a day later it is");

    let want = |length, vault: &mut Vault| {
        vault.settings = Some(Settings { length, ..settings() });
        vault.tell(&world);
        tended(&world, vault, Cause::default());
    };
    for _ in 0..2 {
        want(25, &mut vault);
        assert_eq!(failures(&world), 3, "something else is tried at once, and once");
    }
    want(32, &mut vault);
    assert_eq!(world.deeds().last(), Some(&Code::LocalAdministratorMade));
    assert_eq!(vault.current().unwrap().len(), 32);
    vault.opens(&world.mac(), "long enough");
    let memory = world.custody.local_administrator.remembered();
    assert_eq!((memory.not_before, memory.failed_for), (None, None));
}

#[test]
fn nothing_is_done_where_none_is_wanted_any_more() {
    let (world, mut vault) = made();
    vault.settings = None;
    vault.tell(&world);
    world.days(60);
    tended(&world, &mut vault, DUE);
    assert_eq!(vault.versions.len(), 1);
    assert!(!world.look().local_administrator.unwrap().is_wanted);
    vault.settings = Some(Settings {
        account: "another".parse().unwrap(),
        ..settings()
    });
    vault.tell(&world);
    tended(&world, &mut vault, DUE);
    assert!(world.mac().directory.user("another").is_none(), "a Mac has one");
}
