//! The policy "token for primary users", and devices that are diagnosed anew because of it.

use store::enrolment_record::{self, KeptRecord, NewRecord, Save, Source};
use store::finding::{self, KeptFinding, KeptServiceAccount};
use store::finding_due::{self, Diagnosed, Due};
use store::idempotency::Known;
use store::on_off_policy::Standing;
use store::{finding_refresh, on_off_policy, primary_user};
use trust::admission::Admission;
use trust::attention::Attention;
use trust::code::Code;
use trust::enrolment::{EnrolmentRecord, SerialNumber};
use trust::finding::Severity;
use trust::policy::OnOffPolicy;
use trust::time::Timestamp;

use super::support::{NOW, World, device_id, identity, new_observation, silent_observation};

const POLICY: OnOffPolicy = OnOffPolicy::TokenForPrimaryUsers;

fn number() -> SerialNumber {
    "SERIAL1".parse().unwrap()
}

async fn set(world: &World, key: &str, enabled: bool) -> Known {
    let request = world.request(key, key);
    on_off_policy::set(&world.store, &request, POLICY, enabled, Some("because"))
        .await
        .unwrap()
}

async fn due(world: &World) -> Vec<Due> {
    finding_due::list(&world.store, 100).await.unwrap()
}

/// Says who uses device 1.
async fn bind(world: &World, username: &str, before: Option<Timestamp>) {
    let save = Save {
        request: world.request(username, username),
        source: Source::Api,
        attributes: Vec::new(),
        records: vec![NewRecord {
            record: EnrolmentRecord {
                username: Some(username.parse().unwrap()),
                ..EnrolmentRecord::new(number())
            },
            before,
            device: Some((device_id(1), identity(1).sealing_key)),
            secrets: Vec::new(),
            forget: Vec::new(),
            detail: String::new(),
        }],
        answer: None,
    };
    enrolment_record::save(&world.store, &save).await.unwrap();
}

async fn spoken_of(world: &World) -> Option<KeptRecord> {
    primary_user::find(&world.store, world.organization_id, &number())
        .await
        .unwrap()
}

fn found(account: &str) -> Vec<KeptFinding> {
    vec![KeptFinding {
        code: Code::PrimaryUserWithoutToken,
        severity: Severity::Problem,
        account: Some(account.to_owned()),
    }]
}

/// Nothing is due any more.
async fn settle(world: &World) {
    let all = due(world).await.into_iter();
    let settled: Vec<Diagnosed> = all
        .map(|due| Diagnosed {
            service_account: KeptServiceAccount::default(),
            attention: Attention::default(),
            at: NOW,
            due,
            digest: None,
            findings: Vec::new(),
            resilience: None,
        })
        .collect();
    finding_due::keep(&world.store, &settled).await.unwrap();
    assert!(due(world).await.is_empty());
}

#[tokio::test]
async fn the_policy_is_off_until_it_is_turned_on() {
    let world = World::with_device().await;
    bind(&world, "ada", None).await;
    let now = async || {
        let found = on_off_policy::find(&world.store, world.organization_id, POLICY).await;
        found.unwrap()
    };
    assert_eq!(now().await, Standing::default());
    assert_eq!(spoken_of(&world).await, None);
    assert_eq!(set(&world, "turn on", true).await, Known::New);
    assert_eq!(set(&world, "turn on", true).await, Known::Same(None));
    let on = Standing {
        enabled: true,
        changed_at: Some(NOW),
    };
    assert_eq!(now().await, on);
    assert_eq!(
        spoken_of(&world).await.unwrap().record.username.unwrap().as_str(),
        "ada"
    );
    set(&world, "off again", false).await;
    assert!(!now().await.enabled);
    set(&world, "still off", false).await;
    let changes = world
        .verbs()
        .await
        .into_iter()
        .filter(|verb| verb == "policy.changed")
        .count();
    assert_eq!(changes, 2, "nothing changed the third time");
}

#[tokio::test]
async fn every_device_is_diagnosed_anew_a_few_at_a_time() {
    let world = World::with_device().await;
    for n in 2..=5 {
        world.enrol(&identity(n), n.into(), Admission::NewDevice).await;
    }
    settle(&world).await;
    assert!(
        !finding_refresh::next(&world.store, 2).await.unwrap(),
        "nothing has changed"
    );
    set(&world, "turn on", true).await;
    for (more, so_far) in [(true, 2), (true, 4), (false, 5)] {
        assert_eq!(finding_refresh::next(&world.store, 2).await.unwrap(), more);
        assert_eq!(due(&world).await.len(), so_far);
    }
    assert!(!finding_refresh::next(&world.store, 2).await.unwrap());
    assert!(
        !finding_refresh::is_under_way(&world.store, world.organization_id)
            .await
            .unwrap()
    );
}

#[tokio::test]
async fn what_was_diagnosed_anew_is_kept_unless_something_came_in_between() {
    let world = World::with_device().await;
    let observation = silent_observation("silent");
    let new = new_observation(world.organization_id, device_id(1), &observation);
    store::observation::save(&world.store, &new).await.unwrap();
    let count = async || {
        finding::count(&world.store, world.organization_id, Code::PrimaryUserWithoutToken)
            .await
            .unwrap()
    };
    bind(&world, "ada", None).await;
    let first = due(&world).await[0];
    assert_eq!(first.device_id, device_id(1));
    let keep = async |due, digest: &str| {
        let diagnosed = Diagnosed {
            service_account: KeptServiceAccount::default(),
            attention: Attention::default(),
            at: NOW,
            due,
            digest: Some(digest.to_owned()),
            findings: found("ada"),
            resilience: None,
        };
        finding_due::keep(&world.store, &[diagnosed]).await.unwrap();
    };
    bind(&world, "ben", Some(NOW)).await;
    keep(first, &new.observed.digest).await;
    assert_eq!(count().await, 0, "the record has changed since");
    let second = due(&world).await[0];
    keep(second, "an older observation").await;
    assert_eq!((count().await, due(&world).await), (0, vec![]));

    store::observation::save(&world.store, &new).await.unwrap();
    assert!(due(&world).await.is_empty(), "the policy is off");
    set(&world, "turn on", true).await;
    store::observation::save(&world.store, &new).await.unwrap();
    let third = due(&world).await[0];
    keep(third, &new.observed.digest).await;
    assert_eq!((count().await, due(&world).await), (1, vec![]));
    let device = store::device::find(&world.store, device_id(1))
        .await
        .unwrap()
        .unwrap();
    assert_eq!(device.findings.problem, 1);
}
