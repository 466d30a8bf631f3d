//! What an administrator orders of the service account.

use agent::journal::Stage;
use macsim::model::mac::Mac;
use macsim::model::password_policy::{DemandOrigin, PasswordDemand};
use macsim::model::volume::FileSystem;
use trust::action::{Action, AdoptAccount, CreateServiceAccount, RemoveServiceAccount, RepairServiceAccount};
use trust::code::Code;
use trust::outcome::Outcome;

use super::faults::set_local;
use super::handing_on::served;
use super::truth::{NAME, holds, is_whole, kept};
use super::world::World;
use crate::macs::*;
use crate::order::Order;

pub fn create() -> Order {
    create_by(ADA)
}

/// The same, with the password that ada has by now.
pub fn create_by(password: &str) -> Order {
    let create = CreateServiceAccount {
        administrator: "ada".parse().unwrap(),
        promote_administrator: false,
    };
    order_with(
        Action::CreateServiceAccount(create),
        Default::default(),
        Some(password),
        None,
    )
}

pub fn rotate() -> Order {
    let rotate = Action::RotateServiceAccountPassword(Default::default());
    order_with(rotate, Default::default(), None, None)
}

pub fn repair(administrator: Option<&str>) -> Order {
    let repair = RepairServiceAccount {
        administrator: administrator.map(|name| name.parse().unwrap()),
        promote_administrator: false,
    };
    order_with(
        Action::RepairServiceAccount(repair),
        Default::default(),
        administrator.map(|_| ADA),
        None,
    )
}

pub fn remove(confirm: Option<&str>) -> Order {
    let remove = RemoveServiceAccount {
        confirm_device_name: confirm.map(str::to_owned),
    };
    order_with(
        Action::RemoveServiceAccount(remove),
        Default::default(),
        None,
        None,
    )
}

pub fn adopt(target: &str, password: &str) -> Order {
    let adopt = AdoptAccount {
        person: None,
        target: target.parse().unwrap(),
    };
    order_with(
        Action::AdoptAccount(adopt),
        Default::default(),
        None,
        Some(password),
    )
}

fn ordered(world: &World, order: &Order) -> Outcome {
    world.order(order, Stage::Started).outcome
}

#[test]
fn it_is_made_rotated_and_removed_by_order() {
    let world = World::new(healthy());
    let made = ordered(&world, &create());
    assert_eq!(made.code, Code::ServiceAccountCreated, "{:#?}", made.evidence);
    assert_eq!(made.edge.unwrap().granter, "ada");
    is_whole(&world.mac(), &world.custody);
    assert_eq!(ordered(&world, &create()).code, Code::ServiceAccountExists);

    let before = kept(&world.custody);
    let rotated = ordered(&world, &rotate());
    assert_eq!(
        rotated.code,
        Code::ServiceAccountRotated,
        "{:#?}",
        rotated.evidence
    );
    assert_eq!(kept(&world.custody)[1], before[0]);
    is_whole(&world.mac(), &world.custody);

    // Ada is a holder, but only the service account is proved to be one.
    let refused = ordered(&world, &remove(None));
    if refused.code == Code::LastHolder {
        assert!(!refused.touched_the_mac);
    }
    let removed = ordered(&world, &remove(Some("Mac")));
    let removed = if refused.code.is_success() {
        refused
    } else {
        removed
    };
    assert_eq!(
        removed.code,
        Code::ServiceAccountRemoved,
        "{:#?}",
        removed.evidence
    );
    let mac = world.mac();
    assert!(mac.directory.user(NAME).is_none() && holds(&mac, "ada"));
    assert!(kept(&world.custody).is_empty());
    assert!(
        mac.tombstones.is_empty(),
        "the record was deleted behind macOS's back"
    );
}

#[test]
fn the_last_holder_is_not_removed() {
    let world = served(healthy());
    world
        .runner
        .change(|mac| macsim::rules::revoke::expel(mac, "ada"));
    let refused = ordered(&world, &remove(None));
    assert_eq!(refused.code, Code::LastHolder);
    assert!(!refused.touched_the_mac);
    is_whole(&world.mac(), &world.custody);
    // macOS keeps the last one, whoever accepts what.
    let kept_by_macos = ordered(&world, &remove(Some("Mac")));
    assert_eq!(kept_by_macos.code, Code::ServiceAccountNotRemoved);
    is_whole(&world.mac(), &world.custody);
}

#[test]
fn a_repair_by_another_holder() {
    let world = served(healthy());
    assert_eq!(ordered(&world, &repair(None)).code, Code::ServiceAccountValid);
    world.pass(std::time::Duration::from_secs(60));
    set_local(&world, "somebody else's");
    let alone = ordered(&world, &repair(None));
    assert!(!alone.code.is_success(), "{:#?}", alone.evidence);
    let helped = ordered(&world, &repair(Some("ada")));
    assert_eq!(
        helped.code,
        Code::ServiceAccountRepaired,
        "{:#?}",
        helped.evidence
    );
    is_whole(&world.mac(), &world.custody);
}

#[test]
fn an_account_is_adopted_once_its_password_is_proved() {
    let world = served(healthy());
    assert_eq!(
        ordered(&world, &adopt("ben", "wrong")).code,
        Code::TargetWrongPassword
    );
    assert!(!holds(&world.mac(), "ben"));
    let adopted = ordered(&world, &adopt("ben", BEN));
    assert_eq!(adopted.code, Code::AccountAdopted, "{:#?}", adopted.evidence);
    assert_eq!(adopted.edge.unwrap().granter, NAME);
    assert!(truly_holds(&world.mac(), "ben", BEN));
    let again = ordered(&world, &adopt("ben", BEN));
    assert_eq!((again.code, again.edge), (Code::AccountAdopted, None));

    world.pass(std::time::Duration::from_secs(60));
    set_local(&world, "somebody else's");
    let refused = ordered(&world, &adopt("ben", BEN));
    assert!(
        !refused.code.is_success() && !refused.touched_the_mac,
        "{:?}",
        refused.code
    );
}

#[test]
fn a_volume_without_tokens_has_no_service_account() {
    let mut mac = factory((15, 2), FileSystem::Hfs);
    add_user(&mut mac, "ada", ADA, &["-admin"]);
    let world = World::new(mac);
    world.log_in("ada", ADA).unwrap();
    assert!(world.mac().directory.user(NAME).is_none());
    assert_eq!(ordered(&world, &create()).code, Code::VolumeNotApfs);
}

#[test]
fn each_cause_for_which_it_is_not_made_has_its_code() {
    type Spoil = fn(&mut Mac);
    let by = |administrator: &str, password: &str| {
        let create = CreateServiceAccount {
            administrator: administrator.parse().unwrap(),
            promote_administrator: false,
        };
        let action = Action::CreateServiceAccount(create);
        order_with(action, Default::default(), Some(password), None)
    };
    let cases: [(Spoil, Order, Code); 6] = [
        (|_| {}, by("ada", "not hers"), Code::AdministratorWrongPassword),
        (|_| {}, by("nobody_1", ADA), Code::AdministratorUnknown),
        (
            |mac| add_user(mac, "cleo", "cleo-pass-1", &["-admin"]),
            by("cleo", "cleo-pass-1"),
            Code::AdministratorHasNoToken,
        ),
        (
            |mac| mac.knobs.full_disk_access = false,
            by("ada", ADA),
            Code::FullDiskAccessMissing,
        ),
        (
            |mac| {
                let profile = || DemandOrigin::Profile("P-1".to_owned());
                mac.password_policy.demands = vec![
                    (PasswordDemand::MinLength(12), profile()),
                    (PasswordDemand::MaxLength(8), profile()),
                ];
            },
            by("ada", ADA),
            Code::PasswordPolicyConflict,
        ),
        (
            |mac| mac.directory.remove_member("admin", "ada"),
            by("ada", ADA),
            Code::AdministratorNotAdmin,
        ),
    ];
    for (spoil, order, code) in cases {
        let mut mac = healthy();
        // Somebody else who may hand on, so that the Mac's chain is not what is wrong.
        add_user(
            &mut mac,
            "dora",
            "dora-pass-1",
            &["-admin", "-adminUser", "ada", "-adminPassword", ADA],
        );
        spoil(&mut mac);
        let world = World::new(mac);
        let refused = ordered(&world, &order);
        assert_eq!(refused.code, code, "{:#?}", refused.evidence);
        assert!(!refused.touched_the_mac);
        assert!(world.mac().directory.user(NAME).is_none());
    }
}
