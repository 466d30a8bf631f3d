use trust::admission::Admission;

use super::*;
use crate::Store;
use crate::actor::Actor;
use crate::device::testing::{NOW, enrol_mac, id, with_macs};
use crate::device::{Approval, Page, approve, list};
use crate::finding_due::{self, Diagnosed};
use crate::idempotency::Request;

/// The migration that finds devices which were kept before there was an index.
const FIND_ALL: &str = include_str!("../../../migrations/sqlite/0061_find_all_devices.sql");

/// Names of the devices that are found by `text`.
async fn found(store: &Store, text: &str) -> Vec<String> {
    let page = Page {
        containing: text.to_owned(),
        limit: 100,
        ..Page::default()
    };
    let devices = list(store, id(1), &page).await.unwrap();
    devices.into_iter().map(|device| device.name).collect()
}

/// How many entries the index has of a device.
async fn entries(store: &Store, device_id: DeviceId) -> i64 {
    let row = sqlx::query("SELECT COUNT(*) AS entries FROM device_word WHERE device_id = $1")
        .bind(device_id.to_string())
        .fetch_one(store.readers())
        .await
        .unwrap();
    Row::new("device_word", &row).number("entries").unwrap()
}

async fn run(store: &Store, sql: &'static str) {
    store
        .write(&sql, |tx, sql| {
            Box::pin(async move {
                sqlx::raw_sql(*sql).execute(tx).await?;
                Ok(())
            })
        })
        .await
        .unwrap();
}

#[tokio::test]
async fn devices_that_are_older_than_the_index_get_into_it() {
    let (store, _folder) = with_macs(3).await;
    run(
        &store,
        "DELETE FROM device_word; UPDATE device SET search = '', sort_name = '';",
    )
    .await;
    assert!(found(&store, "lab").await.is_empty());
    run(&store, FIND_ALL).await;
    let due = finding_due::list(&store, 100).await.unwrap();
    assert_eq!(due.len(), 3);
    let diagnosed: Vec<Diagnosed> = due
        .into_iter()
        .map(|due| Diagnosed {
            service_account: crate::finding::KeptServiceAccount::default(),
            attention: trust::attention::Attention::default(),
            at: NOW,
            due,
            digest: None,
            findings: Vec::new(),
            resilience: None,
        })
        .collect();
    finding_due::keep(&store, &diagnosed).await.unwrap();
    assert_eq!(
        found(&store, "lab").await,
        ["Lab even 02", "Lab odd 01", "Lab odd 03"]
    );
    run(&store, FIND_ALL).await;
    assert!(
        finding_due::list(&store, 100).await.unwrap().is_empty(),
        "they are in it"
    );
}

#[tokio::test]
async fn a_device_that_was_replaced_leaves_the_index() {
    let (store, _folder) = with_macs(1).await;
    assert!(entries(&store, id(1)).await > 0);
    enrol_mac(&store, 2, 1, Admission::Pending).await;
    let request = Request {
        organization_id: id(1),
        actor: Actor::Operator,
        key: "approve".to_owned(),
        fingerprint: "approve".to_owned(),
        at: NOW,
    };
    let device_id = id(2);
    approve(&store, &Approval { request, device_id }).await.unwrap();
    assert_eq!(entries(&store, id(1)).await, 0);
    assert_eq!(found(&store, "lab").await.len(), 1);
}
