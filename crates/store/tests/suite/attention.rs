//! Why devices need attention is kept with the observation: since when, muted until when, and whose it is.

use std::time::Duration;

use store::actor::Actor;
use store::attention::KeptReason;
use store::device::{self, Approval, Device, Needing, Page};
use store::idempotency::{Known, Request};
use store::{attention, audit, days_policy, observation};
use trust::admission::Admission;
use trust::attention::{Attention, Grace, Mute, Owner, Reason, Turn};
use trust::code::Code;
use trust::finding::{RemedyKind, Severity};
use trust::time::Timestamp;

use crate::support::{NOW, World, at, device_id, identity, new_observation, silent_observation};

const DAY: u64 = 24 * 60 * 60;

fn reason(code: Code) -> Reason {
    Reason {
        code,
        severity: Severity::Problem,
        accounts: vec!["ben".to_owned()],
        turn: Turn::Administrator,
        remedy: RemedyKind::Console,
        step: "Grant ben a Secure Token".to_owned(),
        persons: Vec::new(),
        action: None,
    }
}

async fn diagnosed(world: &World, device: u128, when: Timestamp, codes: &[Code]) {
    let seen = silent_observation(&format!("{device} {when}"));
    let mut new = new_observation(world.organization_id, device_id(device), &seen);
    new.observed.at = when;
    new.attention = Attention {
        reasons: codes.iter().copied().map(reason).collect(),
        admin_list: Some(vec!["ada".to_owned()]),
    };
    observation::save(&world.store, &new).await.unwrap();
}

fn request(world: &World, key: &str, when: Timestamp) -> Request {
    Request {
        at: when,
        ..world.request(key, key)
    }
}

fn mute(code: Option<Code>, until: Timestamp) -> Mute {
    Mute {
        code,
        until,
        reason: "on loan".to_owned(),
        by: Actor::ApiToken("test".to_owned()).to_string(),
        at: NOW,
    }
}

fn needing(now: Timestamp) -> Needing {
    Needing {
        reason: None,
        turn: None,
        remedy: None,
        owner: None,
        muted: false,
        new_since: Grace::default().ends_for(now),
        now,
    }
}

async fn found(world: &World, needing: Needing) -> Vec<String> {
    let page = Page {
        needing: Some(needing),
        limit: 100,
        ..Page::default()
    };
    let devices = device::list(&world.store, world.organization_id, &page)
        .await
        .unwrap();
    devices.into_iter().map(|device| device.name).collect()
}

async fn device(world: &World) -> Device {
    device::find(&world.store, device_id(1)).await.unwrap().unwrap()
}

/// Long after every Mac was new.
fn late() -> Timestamp {
    NOW.plus(Duration::from_secs(100 * DAY))
}

#[tokio::test]
async fn a_reason_stays_as_old_as_it_is_until_it_is_gone() {
    let world = World::with_device().await;
    let since = async || {
        let kept = device(&world).await.attention;
        let since = |kept: KeptReason| (kept.reason.code, kept.since);
        kept.reasons.into_iter().map(since).collect::<Vec<_>>()
    };
    diagnosed(&world, 1, at(1), &[Code::NoGranter]).await;
    diagnosed(&world, 1, at(2), &[Code::ServiceAccountMissing, Code::NoGranter]).await;
    assert_eq!(
        since().await,
        [(Code::ServiceAccountMissing, at(2)), (Code::NoGranter, at(1))]
    );
    assert_eq!(
        device(&world).await.attention.admin_list,
        Some(vec!["ada".to_owned()])
    );
    diagnosed(&world, 1, at(3), &[Code::ServiceAccountMissing]).await;
    diagnosed(&world, 1, at(4), &[Code::NoGranter]).await;
    assert_eq!(since().await, [(Code::NoGranter, at(4))]);
    diagnosed(&world, 1, at(5), &[]).await;
    assert_eq!(since().await, []);
    assert!(found(&world, needing(late())).await.is_empty());
}

#[tokio::test]
async fn a_mac_is_listed_when_it_is_more_than_ten_days_old() {
    let world = World::with_device().await;
    diagnosed(&world, 1, NOW, &[Code::NoGranter]).await;
    let listed = async |seconds| {
        !found(&world, needing(NOW.plus(Duration::from_secs(seconds))))
            .await
            .is_empty()
    };
    assert!(!listed(10 * DAY - 60).await);
    assert!(!listed(10 * DAY).await);
    assert!(listed(10 * DAY + 1).await);
}

#[tokio::test]
async fn a_mute_hides_until_it_ends_and_survives_new_observations() {
    let world = World::with_device().await;
    let (now, until) = (late(), late().plus(Duration::from_secs(60)));
    diagnosed(&world, 1, NOW, &[Code::NoGranter]).await;
    let asked = request(&world, "mute", now);
    let muted = Mute {
        at: now,
        ..mute(None, until)
    };
    let known = attention::mute(&world.store, &asked, device_id(1), &muted, "tomorrow")
        .await
        .unwrap();
    assert_eq!(known, Known::New);
    let again = attention::mute(&world.store, &asked, device_id(1), &muted, "tomorrow")
        .await
        .unwrap();
    assert_eq!(again, Known::Same(None));
    diagnosed(&world, 1, at(9), &[Code::NoGranter, Code::ServiceAccountMissing]).await;

    let hidden = |now| Needing {
        muted: true,
        ..needing(now)
    };
    assert!(found(&world, needing(now)).await.is_empty());
    assert_eq!(found(&world, hidden(now)).await, ["Mac 1"]);
    assert_eq!(found(&world, needing(until)).await, ["Mac 1"]);
    assert!(found(&world, hidden(until)).await.is_empty());
    assert_eq!(device(&world).await.mutes, [muted]);

    let entries = audit::list_of_device(&world.store, world.organization_id, device_id(1), None, 10)
        .await
        .unwrap();
    let told: Vec<_> = entries
        .iter()
        .filter(|entry| entry.verb == "attention.muted")
        .collect();
    assert_eq!(told.len(), 1, "{entries:?}");
    assert_eq!(told[0].reason.as_deref(), Some("on loan"));
    assert_eq!(told[0].detail.as_deref(), Some("until tomorrow"));
}

#[tokio::test]
async fn one_reason_is_muted_and_the_others_stay() {
    let world = World::with_device().await;
    let now = late();
    diagnosed(&world, 1, NOW, &[Code::NoGranter, Code::ServiceAccountMissing]).await;
    let muted = Mute {
        at: now,
        ..mute(Some(Code::NoGranter), now.plus(Duration::from_secs(60)))
    };
    let asked = request(&world, "mute", now);
    attention::mute(&world.store, &asked, device_id(1), &muted, "soon")
        .await
        .unwrap();
    let with = |code| Needing {
        reason: Some(code),
        ..needing(now)
    };
    assert!(found(&world, with(Code::NoGranter)).await.is_empty());
    assert_eq!(found(&world, with(Code::ServiceAccountMissing)).await, ["Mac 1"]);
    assert_eq!(found(&world, needing(now)).await, ["Mac 1"]);

    let unmute = async |key: &str, code| {
        let asked = request(&world, key, now);
        attention::unmute(&world.store, &asked, device_id(1), code)
            .await
            .unwrap()
    };
    unmute("another", None).await;
    assert!(found(&world, with(Code::NoGranter)).await.is_empty());
    unmute("this", Some(Code::NoGranter)).await;
    assert_eq!(found(&world, with(Code::NoGranter)).await, ["Mac 1"]);
    let entries = audit::list_of_device(&world.store, world.organization_id, device_id(1), None, 10)
        .await
        .unwrap();
    let told = entries.iter().filter(|entry| entry.verb == "attention.unmuted");
    assert_eq!(told.count(), 1, "where nothing was muted nothing is told");
}

#[tokio::test]
async fn an_owner_is_kept_and_told_once() {
    let world = World::with_device().await;
    let grace: Owner = "Grace".parse().unwrap();
    let set = async |key: &str, owner| {
        let asked = request(&world, key, NOW);
        attention::set_owner(&world.store, &asked, device_id(1), owner, None)
            .await
            .unwrap();
    };
    set("1", Some(&grace)).await;
    set("2", Some(&grace)).await;
    diagnosed(&world, 1, NOW, &[Code::NoGranter]).await;
    let of = |owner: &Owner| Needing {
        owner: Some(owner.clone()),
        ..needing(late())
    };
    assert_eq!(found(&world, of(&grace)).await, ["Mac 1"]);
    assert!(found(&world, of(&"Ada".parse().unwrap())).await.is_empty());
    set("3", None).await;
    assert!(found(&world, of(&grace)).await.is_empty());
    assert_eq!(device(&world).await.owner, None);
    let entries = audit::list_of_device(&world.store, world.organization_id, device_id(1), None, 10)
        .await
        .unwrap();
    let details: Vec<_> = entries
        .iter()
        .filter(|entry| entry.verb == "attention.assigned")
        .collect();
    let details: Vec<_> = details
        .iter()
        .map(|entry| entry.detail.as_deref().unwrap())
        .collect();
    assert_eq!(details, ["nobody", "Grace"]);
}

#[tokio::test]
async fn a_renamed_mac_is_listed_by_its_new_name_and_a_replaced_one_by_none() {
    let world = World::with_device().await;
    world.enrol(&identity(2), 2, Admission::NewDevice).await;
    diagnosed(&world, 1, NOW, &[Code::NoGranter]).await;
    diagnosed(&world, 2, NOW, &[Code::NoGranter]).await;
    let mut renamed = identity(1);
    renamed.name = "Z of Mac 1".to_owned();
    world
        .enrol(&renamed, 3, Admission::SameDevice(device_id(1)))
        .await;
    assert_eq!(found(&world, needing(late())).await, ["Mac 2", "Z of Mac 1"]);

    world.enrol(&identity(2), 4, Admission::Pending).await;
    let approval = Approval {
        request: request(&world, "approve", NOW),
        device_id: device_id(4),
    };
    device::approve(&world.store, &approval).await.unwrap();
    assert_eq!(found(&world, needing(late())).await, ["Z of Mac 1"]);
    let counts = attention::counts(&world.store, world.organization_id, late(), late())
        .await
        .unwrap();
    assert_eq!((counts.devices, counts.too_new), (1, 0));
}

#[tokio::test]
async fn the_days_of_grace_are_kept_for_each_organisation() {
    let world = World::new().await;
    let find = async || {
        days_policy::find::<Grace>(&world.store, world.organization_id)
            .await
            .unwrap()
    };
    assert_eq!((find().await.days.days(), find().await.changed_at), (10, None));
    let set = async |key: &str, days| {
        let asked = request(&world, key, NOW);
        let grace = Grace::of_days(days).unwrap();
        days_policy::set(&world.store, &asked, grace, None).await.unwrap()
    };
    set("1", 0).await;
    assert_eq!(
        (find().await.days.days(), find().await.changed_at),
        (0, Some(NOW))
    );
    set("2", 0).await;
    let entries = audit::list(&world.store, world.organization_id, None, 10)
        .await
        .unwrap();
    let told: Vec<_> = entries
        .iter()
        .filter(|entry| entry.verb == "policy.changed")
        .collect();
    assert_eq!(told.len(), 1);
    assert_eq!(told[0].detail.as_deref(), Some("after 0 days"));
}
