//! Findings are kept with the observation that they were diagnosed from, and devices are found by them.

use store::device::{self, Page};
use store::finding::{FindingCounts, KeptFinding};
use store::observation::TokenChange;
use store::{audit, finding, observation};
use trust::admission::Admission;
use trust::code::Code;
use trust::finding::Severity;
use trust::id::OrganizationId;

use crate::support::{World, device_id, identity, new_observation, silent_observation};

fn kept(code: Code, severity: Severity, account: Option<&str>) -> KeptFinding {
    KeptFinding {
        code,
        severity,
        account: account.map(str::to_owned),
    }
}

fn broken() -> Vec<KeptFinding> {
    vec![
        kept(Code::ChainBroken, Severity::Critical, None),
        kept(Code::MissingFromStartUpScreen, Severity::Problem, Some("ada")),
        kept(Code::MissingFromStartUpScreen, Severity::Problem, Some("ben")),
    ]
}

async fn diagnosed(world: &World, device: u128, chain: &str, findings: Vec<KeptFinding>) {
    let seen = silent_observation(&format!("{device} {chain} {}", findings.len()));
    let mut new = new_observation(world.organization_id, device_id(device), &seen);
    new.observed.summary.chain = chain.to_owned();
    new.findings = findings;
    observation::save(&world.store, &new).await.unwrap();
}

async fn found(world: &World, organization_id: OrganizationId, page: &Page) -> Vec<String> {
    let devices = device::list(&world.store, organization_id, page).await.unwrap();
    devices.into_iter().map(|device| device.name).collect()
}

#[tokio::test]
async fn findings_are_replaced_with_their_observation_and_counted() {
    let world = World::with_device().await;
    let counts = async || {
        let device = device::find(&world.store, device_id(1)).await.unwrap();
        device.unwrap().findings
    };
    assert_eq!(counts().await, FindingCounts::default());

    diagnosed(&world, 1, "broken", broken()).await;
    assert_eq!(finding::list(&world.store, device_id(1)).await.unwrap(), broken());
    assert_eq!(
        counts().await,
        FindingCounts {
            critical: 1,
            problem: 2,
            advice: 0
        }
    );

    let advice = vec![kept(Code::OnlyOneHolder, Severity::Advice, Some("ada"))];
    diagnosed(&world, 1, "can_grant", advice.clone()).await;
    assert_eq!(finding::list(&world.store, device_id(1)).await.unwrap(), advice);
    assert_eq!(
        counts().await,
        FindingCounts {
            advice: 1,
            ..FindingCounts::default()
        }
    );
}

#[tokio::test]
async fn devices_are_found_by_chain_and_by_finding() {
    let world = World::new().await;
    for number in 1..=4 {
        world
            .enrol(&identity(number), u128::from(number), Admission::NewDevice)
            .await;
    }
    // Two accounts with the same finding make one device in the list.
    let missing = ["ada", "ben"]
        .map(|account| kept(Code::MissingFromStartUpScreen, Severity::Problem, Some(account)))
        .to_vec();
    diagnosed(&world, 1, "broken", broken()).await;
    diagnosed(&world, 2, "can_grant", missing).await;
    diagnosed(&world, 3, "can_grant", Vec::new()).await;

    let page = Page {
        limit: 100,
        ..Page::default()
    };
    let chain = |word: &str| Page {
        chain: Some(word.to_owned()),
        ..page.clone()
    };
    let with = |code| Page {
        finding: Some(code),
        ..page.clone()
    };
    let mine = world.organization_id;
    assert_eq!(found(&world, mine, &chain("can_grant")).await, ["Mac 2", "Mac 3"]);
    assert_eq!(found(&world, mine, &chain(device::NOT_OBSERVED)).await, ["Mac 4"]);
    let missing = with(Code::MissingFromStartUpScreen);
    assert_eq!(found(&world, mine, &missing).await, ["Mac 1", "Mac 2"]);
    let both = Page {
        chain: Some("can_grant".to_owned()),
        ..missing.clone()
    };
    assert_eq!(found(&world, mine, &both).await, ["Mac 2"]);
    let after_the_first = Page {
        after: Some(("mac 1".to_owned(), device_id(1))),
        ..missing
    };
    assert_eq!(found(&world, mine, &after_the_first).await, ["Mac 2"]);
    assert!(found(&world, mine, &with(Code::NoGranter)).await.is_empty());
    let strange = "00000000-0000-0000-0000-0000000000ff".parse().unwrap();
    assert!(found(&world, strange, &with(Code::ChainBroken)).await.is_empty());
}

#[tokio::test]
async fn a_changed_token_is_told_in_the_log_of_its_device_alone() {
    let world = World::with_device().await;
    world.enrol(&identity(2), 2, Admission::NewDevice).await;
    let seen = silent_observation("why");
    let mut new = new_observation(world.organization_id, device_id(1), &seen);
    new.token_changes = vec![TokenChange {
        account: "ben".to_owned(),
        change: "absent -> unverified".to_owned(),
    }];
    observation::save(&world.store, &new).await.unwrap();

    let log = async |device, before| {
        let entries = audit::list_of_device(&world.store, world.organization_id, device, before, 10);
        entries.await.unwrap()
    };
    let entries = log(device_id(1), None).await;
    assert_eq!(entries[0].verb, "token.changed");
    assert_eq!(entries[0].subject.as_deref(), Some("ben"));
    assert_eq!(entries[0].detail.as_deref(), Some("absent -> unverified"));
    assert_eq!(entries[1].verb, "device.enrolled");
    assert_eq!(entries.len(), 2);
    assert_eq!(log(device_id(1), Some(entries[0].seq)).await, entries[1..]);
    assert_eq!(log(device_id(2), None).await.len(), 1);
}
