//! A person at the screen has the account made, or made whole, by the app: each end is told by its code, and guesses are counted.

use std::time::Duration;

use agent::clock::Clock as _;
use macsim::model::knobs::Lie;
use secrecy::SecretString;
use trust::attention::Case;
use trust::code::Code;
use trust::finding::RemedyKind;
use trust::observation::CreationAttempt;
use trust::service_account::guesses::{MOST_GUESSES, WINDOW};
use trust::service_account::{Rung, Settings, Status};
use trust::time::Timestamp;
use utility_protocol::message::{Answer, Ended, Holds, Need, Request};

use super::crashes::{nothing_is_lost, points};
use super::faults::{set_disk, set_local};
use super::handing_on::served;
use super::truth::{NAME, is_whole};
use super::world::World;
use crate::macs::*;

/// The user number of the person at the screen.
const CALLER: u32 = 501;

fn status(world: &World) -> utility_protocol::message::Status {
    match &world.serve(CALLER, Request::Status)[..] {
        [Answer::Status(status)] => status.clone(),
        other => panic!("{other:?}"),
    }
}

fn create_as(world: &World, caller: u32, account: &str, password: &str) -> Ended {
    let request = Request::Create {
        account: account.parse().unwrap(),
        password: SecretString::from(password),
    };
    match &world.serve(caller, request)[..] {
        [Answer::Working, Answer::Ended(ended)] => *ended,
        other => panic!("{other:?}"),
    }
}

fn create(world: &World, account: &str, password: &str) -> Code {
    create_as(world, CALLER, account, password).code
}

fn untouched(world: &World) {
    assert!(world.mac().directory.user(NAME).is_none(), "the Mac was touched");
}

#[test]
fn it_is_made_and_then_not_needed_any_more() {
    let world = World::new(healthy());
    let before = status(&world);
    assert_eq!(before.need, Need::Needed { obstacle: None });
    let told: Vec<_> = before
        .accounts
        .iter()
        .map(|account| {
            let name = (account.record_name.as_str(), account.real_name.as_str());
            (name, account.holds, account.administrator)
        })
        .collect();
    assert_eq!(
        told,
        [
            (("ada", "ADA"), Holds::Yes, true),
            (("ben", "BEN"), Holds::No, false)
        ]
    );

    assert_eq!(create(&world, "ada", ADA), Code::ServiceAccountCreated);
    is_whole(&world.mac(), &world.custody);
    assert_eq!(world.deeds(), [Code::ServiceAccountCreated]);
    assert_eq!(world.told()[0].account.as_deref(), Some("ada"));

    let after = status(&world);
    assert_eq!(after.need, Need::Valid);
    assert!(
        after
            .accounts
            .iter()
            .all(|account| account.record_name.as_str() != NAME)
    );
    let tries = || {
        let calls = world.runner.calls();
        calls.iter().filter(|call| call.contains("-authonly ada")).count()
    };
    let before = tries();
    assert!(before > 0);
    assert_eq!(create(&world, "ada", ADA), Code::ServiceAccountValid);
    assert_eq!(tries(), before, "no password was tried");
}

#[test]
fn one_that_is_broken_is_made_whole() {
    type Break = fn(&World);
    let breaks: [Break; 3] = [
        |world| set_local(world, "somebody else's"),
        |world| set_disk(world, "somebody else's"),
        |world| world.custody.passwords.clear().unwrap(),
    ];
    for broken in breaks {
        let world = served(healthy());
        world.pass(Duration::from_secs(60));
        broken(&world);
        world.days(1);
        world.tend();
        assert_eq!(status(&world).need, Need::Needed { obstacle: None });
        assert_eq!(create(&world, "ada", ADA), Code::ServiceAccountRepaired);
        is_whole(&world.mac(), &world.custody);
        assert!(matches!(world.status(), Status::Valid { .. }));
    }
}

#[test]
fn what_it_could_not_mend_is_for_the_installer_next() {
    let world = served(healthy());
    world.pass(Duration::from_secs(60));
    set_local(&world, "somebody else's");
    world.days(1);
    world.tend();
    let cheapest = || Case::of(&world.look(), &Settings::default()).cheapest();
    assert_ne!(cheapest(), Some(RemedyKind::Reinstall));

    world.runner.change(|mac| mac.knobs.lie = Lie::Always);
    let in_vain = create(&world, "ada", ADA);
    assert!(!in_vain.is_success(), "{in_vain}");
    world.tend();
    let needed = Need::Needed { obstacle: None };
    assert_eq!(
        (status(&world).need, cheapest()),
        (needed, Some(RemedyKind::Reinstall))
    );

    world.runner.change(|mac| mac.knobs.lie = Lie::Never);
    assert_eq!(create(&world, "ada", ADA), Code::ServiceAccountRepaired);
    is_whole(&world.mac(), &world.custody);
    assert_eq!(cheapest(), None);
}

/// Another fault is another matter: what failed before there was an account says nothing of it.
#[test]
fn what_failed_before_it_was_made_is_forgotten() {
    let world = World::new(healthy());
    world.runner.change(|mac| mac.knobs.lie = Lie::Always);
    let in_vain = create(&world, "ada", ADA);
    assert!(!in_vain.is_success(), "{in_vain}");
    let tried = || world.custody.remembered().tried;
    assert_eq!(tried(), [Rung::Utility]);

    world.runner.change(|mac| mac.knobs.lie = Lie::Never);
    assert_eq!(create(&world, "ada", ADA), Code::ServiceAccountCreated);
    is_whole(&world.mac(), &world.custody);
    assert_eq!(tried(), []);
}

#[test]
fn who_cannot_help_is_told_why_and_no_password_is_tried() {
    let mut mac = healthy();
    add_user(&mut mac, "cleo", "cleo-pass", &["-admin"]);
    macsim::rules::revoke::expel(&mut mac, "cleo");
    let world = World::new(mac);
    for (account, code) in [
        ("nobody", Code::AdministratorUnknown),
        ("ben", Code::AdministratorHasNoToken),
        ("cleo", Code::AdministratorHasNoToken),
    ] {
        assert_eq!(create(&world, account, "whatever"), code, "{account}");
    }
    untouched(&world);
    assert!(
        world
            .runner
            .calls()
            .iter()
            .all(|call| !call.contains("-authonly"))
    );
    assert!(world.deeds().is_empty(), "nothing was done that could be told");
}

#[test]
fn a_standard_holder_helps_only_where_the_organisation_promotes() {
    let world = World::new(standard_holder());
    let obstacle = Need::Needed {
        obstacle: Some(Code::NoGranter),
    };
    assert_eq!(status(&world).need, obstacle);
    assert_eq!(create(&world, "stan", "stan-pass"), Code::AdministratorNotAdmin);
    untouched(&world);

    world.want(Settings {
        promote_administrators: true,
        ..Settings::default()
    });
    assert_eq!(status(&world).need, Need::Needed { obstacle: None });
    assert_eq!(create(&world, "stan", "stan-pass"), Code::ServiceAccountCreated);
    let mac = world.mac();
    is_whole(&mac, &world.custody);
    assert!(!mac.directory.is_admin(mac.directory.user("stan").unwrap()));
}

#[test]
fn without_a_holder_the_chain_is_to_be_mended_first() {
    let mut mac = healthy();
    macsim::rules::revoke::expel(&mut mac, "ada");
    let world = World::new(mac);
    let obstacle = Need::Needed {
        obstacle: Some(Code::ChainBroken),
    };
    assert_eq!(status(&world).need, obstacle);
    // The service account's own token helps nobody while its password is wrong.
    let world = served(healthy());
    world.pass(Duration::from_secs(60));
    set_local(&world, "somebody else's");
    world
        .runner
        .change(|mac| macsim::rules::revoke::expel(mac, "ada"));
    world.custody.passwords.clear().unwrap();
    world.days(1);
    world.tend();
    assert_eq!(status(&world).need, obstacle);
}

#[test]
fn where_none_is_wanted_none_is_made() {
    let world = World::new(healthy());
    world.want(Settings {
        wanted: false,
        ..Settings::default()
    });
    assert!(matches!(status(&world).need, Need::NotWanted { .. }));
    assert_eq!(create(&world, "ada", ADA), Code::ServiceAccountNotWanted);
    untouched(&world);
}

#[test]
fn wrong_passwords_are_told_to_the_server_and_too_many_make_everybody_wait() {
    let world = World::new(healthy());
    for _ in 0..MOST_GUESSES {
        assert_eq!(create(&world, "ada", "guessed"), Code::AdministratorWrongPassword);
    }
    untouched(&world);
    assert_eq!(world.deeds(), [Code::AdministratorWrongPassword; MOST_GUESSES]);
    let failures = || {
        world
            .mac()
            .directory
            .user("ada")
            .unwrap()
            .policy
            .failed_login_count
    };
    assert_eq!(failures() as usize, MOST_GUESSES);

    // The same person with another account, another person with the same account: nothing is tried, not even what is right.
    let barred = create_as(&world, CALLER, "ada", ADA);
    assert_eq!(barred.code, Code::TooManyGuesses);
    let retry_at: Timestamp = barred.retry_at.unwrap();
    assert!(world.now() < retry_at && retry_at <= world.now().plus(WINDOW));
    assert_eq!(create(&world, "ben", "guessed"), Code::TooManyGuesses);
    assert_eq!(create_as(&world, 502, "ada", ADA).code, Code::TooManyGuesses);
    assert_eq!(failures() as usize, MOST_GUESSES);

    world.pass(retry_at.since(world.now()));
    assert_eq!(create(&world, "ada", ADA), Code::ServiceAccountCreated);
    is_whole(&world.mac(), &world.custody);
}

#[test]
fn an_account_that_macos_has_locked_is_told_until_when() {
    let mut mac = healthy();
    mac.password_policy.max_failed_logins = Some(4);
    mac.password_policy.failed_login_reset_minutes = Some(10);
    let world = World::new(mac);
    for _ in 0..4 {
        assert_eq!(create(&world, "ada", "guessed"), Code::AdministratorWrongPassword);
    }
    let locked = create_as(&world, CALLER, "ada", ADA);
    assert_eq!(locked.code, Code::AccountLockedOut);
    let opens = locked.retry_at.unwrap();
    assert!(world.now() < opens && opens <= world.now().plus(Duration::from_secs(600)));
    world.pass(opens.since(world.now()));
    assert_eq!(create(&world, "ada", ADA), Code::ServiceAccountCreated);
}

#[test]
fn nobody_who_waits_no_more_is_served() {
    let world = World::new(healthy());
    let request = Request::Create {
        account: "ada".parse().unwrap(),
        password: SecretString::from(ADA),
    };
    world.serve_nobody(CALLER, request);
    untouched(&world);
    assert!(world.runner.calls().is_empty());
}

#[test]
fn killed_anywhere_it_is_finished_or_undone_and_the_guess_still_counts() {
    let all = points(World::new(healthy()), |world| {
        create(world, "ada", ADA);
    });
    for point in all {
        let world = World::new(healthy());
        world.killed(point, |world| create(world, "ada", ADA));
        nothing_is_lost(&world, &format!("killed at {point:?}"));
        world.tend();
        nothing_is_lost(&world, &format!("killed at {point:?}, and started again"));
        let again = create(&world, "ada", ADA);
        assert!(again.is_success(), "killed at {point:?}: {again}");
        is_whole(&world.mac(), &world.custody);
    }

    // A wrong password whose end the agent did not live to see is a wrong one.
    let tries = points(World::new(healthy()), |world| {
        create(world, "ada", "guessed");
    });
    let last = *tries.last().unwrap();
    let world = World::new(healthy());
    for _ in 0..MOST_GUESSES {
        assert!(world.killed(last, |world| create(world, "ada", "guessed")));
    }
    assert_eq!(create(&world, "ada", ADA), Code::TooManyGuesses);
}

#[test]
fn the_server_learns_how_the_last_try_to_make_it_ended() {
    let world = World::new(healthy());
    create(&world, "ada", "guessed");
    let attempt = world
        .look()
        .service_account
        .value()
        .unwrap()
        .last_creation
        .clone();
    assert!(
        matches!(
            &attempt,
            Some(CreationAttempt { code: Code::AdministratorWrongPassword, holder: Some(holder), .. }) if holder == "ada"
        ),
        "{attempt:?}"
    );
}
