//! Whichever index a list is read along, it holds what a plain look at every device says.

use std::collections::BTreeSet;
use std::time::Duration;

use sqlx::Row as _;
use trust::attention::{Attention, Mute, Reason};
use trust::fact::Fact;
use trust::finding::Severity;
use trust::id::DeviceId;
use trust::observation::{Observation, Security};

use super::*;
use crate::actor::Actor;
use crate::device::list::{FEW, list_gathering};
use crate::device::testing::{NOW, id, with_macs};
use crate::device::{Device, Observed, Summary};
use crate::finding::KeptServiceAccount;
use crate::idempotency::Request;
use crate::observation::{NewObservation, save};
use crate::{Store, attention};

const MACS: u8 = 40;

const CODES: [Code; 3] = [
    Code::ChainBroken,
    Code::MissingFromStartUpScreen,
    Code::ServiceAccountMissing,
];

const TURNS: [Turn; 4] = [Turn::Agent, Turn::Administrator, Turn::NamedPerson, Turn::Visit];

/// Numbers that look drawn and are the same for each seed.
struct Draw(u64);

impl Draw {
    fn below(&mut self, end: u64) -> u64 {
        let next = self.0.wrapping_mul(6_364_136_223_846_793_005);
        self.0 = next.wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) % end
    }

    fn one_of<T: Copy>(&mut self, all: &[T]) -> T {
        all[usize::try_from(self.below(all.len() as u64)).unwrap()]
    }
}

fn later(seconds: u64) -> Timestamp {
    NOW.plus(Duration::from_secs(seconds))
}

fn reason(code: Code, turn: Turn) -> Reason {
    Reason {
        code,
        severity: Severity::Problem,
        accounts: Vec::new(),
        turn,
        remedy: if turn == Turn::Visit {
            RemedyKind::Recovery
        } else {
            RemedyKind::Console
        },
        step: "a step".to_owned(),
        persons: Vec::new(),
        action: None,
    }
}

fn request(key: String) -> Request {
    Request {
        organization_id: id(1),
        actor: Actor::Operator,
        fingerprint: key.clone(),
        key,
        at: NOW,
    }
}

fn silent() -> Observation {
    fn silent<T>() -> Fact<T> {
        Fact::unknown("silent", NOW, "test")
    }
    Observation {
        system: silent(),
        hardware: silent(),
        boot_volume: silent(),
        filevault: silent(),
        accounts: silent(),
        crypto_users: silent(),
        filevault_users: silent(),
        mdm: silent(),
        bootstrap_token: silent(),
        console_user: silent(),
        booted_at: silent(),
        full_disk_access: silent(),
        security: Security::default(),
        promoted_in_passing: Vec::new(),
        login_plugin: Observation::not_looked_for(),
        service_account: Observation::not_looked_for(),
        local_administrator: None,
    }
}

async fn diagnosed(store: &Store, device_id: DeviceId, reasons: Vec<Reason>) {
    let observation = silent();
    let summary = Summary {
        model: None,
        chip: None,
        os_version: None,
        os_build: None,
        volume_format: None,
        filevault: None,
        chain: "broken".to_owned(),
        holders: 0,
        accounts: 0,
    };
    let new = NewObservation {
        organization_id: id(1),
        device_id,
        observation: &observation,
        observed: Observed {
            at: NOW,
            digest: observation.digest(),
            summary,
        },
        primary_user: None,
        findings: Vec::new(),
        service_account: KeptServiceAccount::default(),
        attention: Attention {
            reasons,
            admin_list: None,
        },
        resilience: crate::resilience::KeptResilience::default(),
        kept: trust::resilience::Kept::default(),
        token_changes: Vec::new(),
    };
    save(store, &new).await.unwrap();
}

/// Macs with none to three reasons each, some muted for 100 seconds, some with an owner.
async fn drawn(draw: &mut Draw) -> (Store, tempfile::TempDir) {
    let (store, folder) = with_macs(MACS).await;
    for number in 1..=MACS {
        let device_id: DeviceId = id(number.into());
        let mut reasons = Vec::new();
        for code in CODES {
            if draw.below(2) == 0 {
                reasons.push(reason(code, draw.one_of(&TURNS)));
            }
        }
        reasons.sort_by_key(|reason| reason.turn == Turn::Agent);
        diagnosed(&store, device_id, reasons).await;
        if draw.below(4) == 0 {
            let owner: Owner = draw.one_of(&["grace", "desk 4"]).parse().unwrap();
            let asked = request(format!("owner {number}"));
            attention::set_owner(&store, &asked, device_id, Some(&owner), None)
                .await
                .unwrap();
        }
        if draw.below(3) == 0 {
            let mute = Mute {
                code: (draw.below(2) == 0).then(|| draw.one_of(&CODES)),
                until: later(100),
                reason: "known".to_owned(),
                by: "operator".to_owned(),
                at: NOW,
            };
            let asked = request(format!("mute {number}"));
            attention::mute(&store, &asked, device_id, &mute, "then")
                .await
                .unwrap();
        }
    }
    (store, folder)
}

/// The names that a plain look at each device gives.
fn expected(devices: &[Device], needing: &Needing) -> Vec<String> {
    let stands = |device: &&Device| {
        let is_muted = |reason: &Reason| Mute::end_for(&device.mutes, reason.code) > needing.now;
        let reasons = device.attention.reasons.iter().map(|kept| &kept.reason);
        let mut standing = reasons.filter(|reason| is_muted(reason) == needing.muted);
        let stands_for = match needing.reason {
            Some(code) => standing.find(|reason| reason.code == code),
            None => standing.next(),
        };
        let fits = |reason: &Reason| {
            let in_turn = match needing.turn {
                Some(turn) => reason.turn == turn,
                None => reason.turn != Turn::Agent,
            };
            in_turn && needing.remedy.is_none_or(|remedy| reason.remedy == remedy)
        };
        stands_for.is_some_and(fits)
            && device.enrolled_at < needing.new_since
            && (needing.owner.is_none() || device.owner == needing.owner)
    };
    devices
        .iter()
        .filter(stands)
        .map(|device| device.name.clone())
        .collect()
}

async fn listed(store: &Store, containing: &str, needing: &Needing, limit: u32) -> Vec<String> {
    listed_gathering(store, containing, needing, limit, FEW).await
}

async fn listed_gathering(
    store: &Store,
    containing: &str,
    needing: &Needing,
    limit: u32,
    few: u32,
) -> Vec<String> {
    let mut page = Page {
        containing: containing.to_owned(),
        needing: Some(needing.clone()),
        limit,
        ..Page::default()
    };
    let mut names = Vec::new();
    loop {
        let part = list_gathering(store, id(1), &page, few).await.unwrap();
        let Some(last) = part.last() else { return names };
        page.after = Some((last.name.to_lowercase(), last.id));
        names.extend(part.into_iter().map(|device| device.name));
    }
}

fn plain(now: Timestamp) -> Needing {
    Needing {
        reason: None,
        turn: None,
        remedy: None,
        owner: None,
        muted: false,
        new_since: later(1),
        now,
    }
}

/// Every combination of some choices.
fn every_choice(now: Timestamp) -> Vec<Needing> {
    let mut all = vec![plain(now)];
    let mut also = |change: &dyn Fn(&mut Needing)| {
        for index in 0..all.len() {
            let mut changed = all[index].clone();
            change(&mut changed);
            all.push(changed);
        }
    };
    also(&|one| one.turn = Some(Turn::Visit));
    also(&|one| one.turn = one.turn.xor(Some(Turn::Agent)));
    also(&|one| one.reason = Some(Code::ServiceAccountMissing));
    also(&|one| one.remedy = Some(RemedyKind::Recovery));
    also(&|one| one.owner = "grace".parse().ok());
    also(&|one| one.muted = true);
    all
}

#[tokio::test]
async fn every_choice_finds_what_a_plain_look_finds() {
    let mut used = BTreeSet::new();
    let mut some = 0;
    for seed in 1..=3 {
        let (store, _folder) = drawn(&mut Draw(seed)).await;
        let all = Page {
            limit: 100,
            ..Page::default()
        };
        let devices = crate::device::list(&store, id(1), &all).await.unwrap();
        for now in [NOW, later(99), later(100)] {
            for needing in every_choice(now) {
                let expected = expected(&devices, &needing);
                let found = listed(&store, "", &needing, 3).await;
                assert_eq!(found, expected, "seed {seed}: {needing:?}");
                some += expected.len();
                let odd: Vec<String> = expected.into_iter().filter(|name| name.contains("odd")).collect();
                for few in [FEW, 1] {
                    let found = listed_gathering(&store, "odd", &needing, 3, few).await;
                    assert_eq!(found, odd, "seed {seed}, {few}: {needing:?}");
                }
                used.insert(needing.along() as usize);
            }
        }
    }
    assert_eq!(
        used.len(),
        TEXTS.len() - 2,
        "each index is used, and a word and few words besides"
    );
    assert!(some > 1_000, "{some}");
}

#[tokio::test]
async fn counts_are_those_of_the_lists() {
    let (store, _folder) = drawn(&mut Draw(7)).await;
    for now in [NOW, later(100)] {
        let length = async |change: &dyn Fn(&mut Needing)| {
            let mut needing = plain(now);
            change(&mut needing);
            listed(&store, "", &needing, 100).await.len() as u64
        };
        let counts = attention::counts(&store, id(1), later(1), now).await.unwrap();
        assert_eq!(counts.devices, length(&|_| {}).await);
        assert!(counts.turns.len() > 1 && counts.reasons.len() > 1 && counts.remedies.len() > 1);
        for (turn, count) in &counts.turns {
            assert_eq!(*count, length(&|one| one.turn = Some(*turn)).await, "{turn:?}");
        }
        for (code, count) in &counts.reasons {
            assert_eq!(*count, length(&|one| one.reason = Some(*code)).await, "{code}");
        }
        for (remedy, count) in &counts.remedies {
            assert_eq!(
                *count,
                length(&|one| one.remedy = Some(*remedy)).await,
                "{remedy:?}"
            );
        }
        assert_eq!(counts.agent, length(&|one| one.turn = Some(Turn::Agent)).await);
        let turns: u64 = counts.turns.iter().map(|(_, count)| count).sum();
        assert_eq!(turns, counts.devices);
        assert_eq!((counts.muted > 0, counts.too_new), (now == NOW, 0));
        let all_new = attention::counts(&store, id(1), NOW, now).await.unwrap();
        assert_eq!(
            (all_new.devices, all_new.muted, all_new.too_new > 0),
            (0, 0, true)
        );
    }
}

/// The order of names comes from the index: nothing is sorted, and nothing read from end to end.
#[tokio::test]
async fn every_text_goes_along_its_index() {
    let (store, _folder) = with_macs(1).await;
    let mut reader = store.readers().acquire().await.unwrap();
    let names = ["name", "code", "turn", "remedy", "owner"].map(|what| format!("attention_by_{what} "));
    let others = ["attention_muted ", "device_word "].map(str::to_owned);
    let indexes = names.into_iter().chain(others);
    for (text, index) in TEXTS.iter().zip(indexes) {
        let explain = sqlx::AssertSqlSafe(format!("EXPLAIN QUERY PLAN {text}"));
        let plan = sqlx::query(explain).fetch_all(&mut *reader).await.unwrap();
        let steps: Vec<String> = plan.iter().map(|step| step.get("detail")).collect();
        assert!(steps[0].contains(&index), "{text}: {steps:#?}");
        let looks_at_all = |step: &String| step.starts_with("SCAN ") || step.contains("TEMP B-TREE");
        assert!(!steps.iter().any(looks_at_all), "{text}: {steps:#?}");
    }
    for along in [Along::Word, Along::Few] {
        let explain = sqlx::AssertSqlSafe(format!("EXPLAIN QUERY PLAN {}", along.text()));
        let plan = sqlx::query(explain).fetch_all(&mut *reader).await.unwrap();
        let steps: Vec<String> = plan.iter().map(|step| step.get("detail")).collect();
        let of_one_device =
            |step: &String| step.starts_with("SEARCH attention ") && step.contains("(device_id=?)");
        assert!(steps.iter().any(of_one_device), "{along:?}: {steps:#?}");
    }
}
