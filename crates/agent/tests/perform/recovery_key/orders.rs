//! A rotation that an administrator asked for.

use agent::journal::Stage;
use macsim::model::filevault::Progress;
use macsim::model::mac::Mac;
use macsim::model::volume::FileSystem;
use trust::action::{Action, RotateRecoveryKey};
use trust::code::Code;
use trust::escrow::State;

use super::vault::{Vault, nothing_is_told};
use crate::macs::*;
use crate::order::Order;
use crate::service_account::{World, served};

/// By the service account, or by `holder` with this password.
pub fn rotate_key(holder: Option<(&str, &str)>) -> Order {
    let rotate = RotateRecoveryKey {
        administrator: holder.map(|(name, _)| name.parse().unwrap()),
    };
    order_with(
        Action::RotateRecoveryKey(rotate),
        Default::default(),
        holder.map(|(_, password)| password),
        None,
    )
}

/// A Mac that knows its vault.
pub fn escrowing(world: World) -> (World, Vault) {
    let vault = Vault::new();
    vault.tell(&world);
    (world, vault)
}

fn carried_out(world: &World, vault: &mut Vault, order: &Order) -> Code {
    let done = world.order(order, Stage::Started);
    vault.take(world);
    let when = format!("{:#?}", done.outcome);
    vault.claims_nothing_wrong(&world.mac(), &when);
    nothing_is_told(world, vault, &when);
    for key in &vault.versions {
        assert!(!when.contains(key), "a key is told in the evidence");
    }
    done.outcome.code
}

#[test]
fn the_service_account_rotates_and_the_former_key_is_dead() {
    let (world, mut vault) = escrowing(served(healthy()));
    let order = rotate_key(None);
    assert_eq!(carried_out(&world, &mut vault, &order), Code::RecoveryKeyRotated);
    vault.opens(&world.mac(), "once");
    let former = vault.current().unwrap().to_owned();
    assert_eq!(
        carried_out(&world, &mut vault, &rotate_key(Some(("ada", ADA)))),
        Code::RecoveryKeyRotated
    );
    vault.opens(&world.mac(), "twice");
    assert_eq!(vault.standing.current, Some(2));
    assert!(!macsim::rules::recovery_key::is_valid(&world.mac(), &former));
    assert_eq!(world.mac().effects.recovery_keys_made, 2);
}

#[test]
fn any_holder_rotates_where_there_is_no_service_account() {
    for (mac, holder) in [
        (healthy(), ("ada", ADA)),
        (standard_holder(), ("stan", "stan-pass")),
    ] {
        let (world, mut vault) = escrowing(World::new(mac));
        let order = rotate_key(Some(holder));
        assert_eq!(
            carried_out(&world, &mut vault, &order),
            Code::RecoveryKeyRotated,
            "{holder:?}"
        );
        vault.opens(&world.mac(), holder.0);
    }
}

#[test]
fn every_macos_tells_its_key() {
    for os in [
        (10, 13),
        (10, 14),
        (10, 15),
        (11, 7),
        (12, 7),
        (13, 6),
        (14, 7),
        (15, 2),
        (26, 0),
    ] {
        let mut mac = factory(os, FileSystem::Apfs);
        add_user(&mut mac, "ada", ADA, &["-admin"]);
        if os.0 == 10 {
            // The first token goes to whoever logs in.
            let who = macsim::rules::refusal::Credentials {
                name: "ada",
                password: ADA,
            };
            let at = macsim::rules::refusal::Circumstances {
                now: macsim::model::clock::UnixMillis(NOW.0 - 3_000_000),
            };
            macsim::rules::login::admit(&mut mac, who, at).unwrap();
        }
        mac.filevault.progress = Progress::On;
        assert!(truly_holds(&mac, "ada", ADA), "{os:?}");
        let (world, mut vault) = escrowing(World::new(mac));
        let order = rotate_key(Some(("ada", ADA)));
        assert_eq!(
            carried_out(&world, &mut vault, &order),
            Code::RecoveryKeyRotated,
            "{os:?}"
        );
        vault.opens(&world.mac(), &format!("{os:?}"));
    }
}

/// What is refused, and changes nothing.
fn refused(world: World, order: &Order) -> Code {
    let (world, mut vault) = escrowing(world);
    let code = carried_out(&world, &mut vault, order);
    assert_eq!(world.mac().effects.recovery_keys_made, 0, "{code}");
    assert_eq!(vault.standing.state, State::Empty, "{code}");
    code
}

#[test]
fn what_stands_in_the_way_is_said_and_nothing_changes() {
    let off = |mut mac: Mac| {
        mac.filevault.progress = Progress::Off;
        mac
    };
    let by_ada = rotate_key(Some(("ada", ADA)));
    assert_eq!(refused(World::new(off(healthy())), &by_ada), Code::FileVaultOff);
    let world = World::new(healthy());
    let wrong = rotate_key(Some(("ada", "not hers")));
    assert_eq!(refused(world, &wrong), Code::AdministratorWrongPassword);
    let world = World::new(healthy());
    let ben = rotate_key(Some(("ben", BEN)));
    assert_eq!(refused(world, &ben), Code::AdministratorHasNoToken);
    let world = World::new(healthy());
    assert_eq!(refused(world, &rotate_key(None)), Code::ServiceAccountMissing);
}

#[test]
fn a_wrong_password_is_tried_once() {
    let (world, _) = escrowing(World::new(healthy()));
    let wrong = rotate_key(Some(("ada", "not hers")));
    world.order(&wrong, Stage::Started);
    assert_eq!(
        failed_unlocks(&world.mac()),
        0,
        "the disk is asked after Open Directory"
    );
    let asked = world.runner.calls();
    assert!(
        !asked.iter().any(|call| call.contains("changerecovery")),
        "{asked:#?}"
    );
}

#[test]
fn without_the_vaults_key_none_is_made() {
    let world = served(healthy());
    let done = world.order(&rotate_key(None), Stage::Started);
    assert_eq!(done.outcome.code, Code::VaultNotReached);
    assert_eq!(world.mac().effects.recovery_keys_made, 0);
}
