//! Forgetting a device.

use sqlx::{Connection as _, Row as _, SqliteConnection};
use store::action;
use store::bulk_run::ChunkAdded;
use store::device::{Forget, Forgotten};
use trust::admission::Admission;
use trust::bulk::Readiness;
use trust::code::Code;
use trust::id::DeviceId;

use crate::support::{
    NOW, World, action_id, at, device_id, held_back, identity, member, new_observation, silent_observation,
    with_other_keys,
};

async fn forget(world: &World, key: &str, id: DeviceId, typed_name: &str) -> Forgotten {
    let request = world.request(key, typed_name);
    let forget = Forget {
        request: &request,
        device_id: id,
        typed_name,
        reason: "sold",
    };
    store::device::forget(&world.store, &forget).await.unwrap()
}

/// The tables and columns in which a device stands, but those that are to outlive it.
async fn where_it_stands(world: &World, id: DeviceId) -> Vec<String> {
    let file = world
        .file
        .to_str()
        .unwrap()
        .replace('%', "%25")
        .replace('?', "%3f")
        .replace('#', "%23");
    let mut connection = SqliteConnection::connect(&format!("sqlite://{file}"))
        .await
        .unwrap();
    let columns = sqlx::query(
        "SELECT tables.name AS table_name, columns.name AS column_name FROM sqlite_schema AS tables \
         JOIN pragma_table_info(tables.name) AS columns WHERE tables.type = 'table' \
         AND (columns.name = 'device_id' OR (tables.name = 'device' AND columns.name = 'id') OR EXISTS (SELECT 1 \
         FROM pragma_foreign_key_list(tables.name) AS keys WHERE keys.\"table\" = 'device' AND keys.\"from\" = columns.name))",
    );
    let mut found = Vec::new();
    for row in columns.fetch_all(&mut connection).await.unwrap() {
        let (table, column): (String, String) = (row.get("table_name"), row.get("column_name"));
        if table == "audit" || table.starts_with("escrow_") || table == "idempotency" {
            continue;
        }
        let count = sqlx::AssertSqlSafe(format!("SELECT COUNT(*) FROM {table} WHERE {column} = $1"));
        let count: i64 = sqlx::query_scalar(count)
            .bind(id.to_string())
            .fetch_one(&mut connection)
            .await
            .unwrap();
        if count > 0 {
            found.push(format!("{table}.{column}"));
        }
    }
    found
}

#[tokio::test]
async fn every_row_of_a_forgotten_device_goes_and_the_audit_log_stays() {
    let world = World::with_device().await;
    let other = with_other_keys(&identity(1), 9);
    world.enrol(&other, 2, Admission::Pending).await;
    world.accept(1).await;
    world.run(2).await;
    let seen = silent_observation("why");
    let new = new_observation(world.organization_id, device_id(1), &seen);
    store::observation::save(&world.store, &new).await.unwrap();
    let approval = store::device::Approval {
        request: world.request("approve", "approve"),
        device_id: device_id(2),
    };
    store::device::approve(&world.store, &approval).await.unwrap();
    let before = where_it_stands(&world, device_id(1)).await;
    for row in [
        "action.device_id",
        "device.id",
        "enrolment_secret.used_by",
        "observation.device_id",
    ] {
        assert!(before.contains(&row.to_owned()), "{row}: {before:?}");
    }

    assert_eq!(
        forget(&world, "k1", device_id(2), "mac 1").await,
        Forgotten::NotConfirmed
    );
    let Forgotten::Gone { ended } = forget(&world, "k2", device_id(2), "Mac 1").await else {
        panic!("it is confirmed")
    };
    assert_eq!(
        ended,
        [],
        "what was asked ended when the other device took its place"
    );
    for id in [device_id(1), device_id(2)] {
        assert_eq!(where_it_stands(&world, id).await, Vec::<String>::new());
    }
    let again = forget(&world, "k2", device_id(2), "Mac 1").await;
    assert_eq!(again, Forgotten::Gone { ended: Vec::new() });
    assert_eq!(
        forget(&world, "k2", device_id(2), "Mac 2").await,
        Forgotten::KeyReused
    );
    assert_eq!(
        forget(&world, "k3", device_id(2), "Mac 1").await,
        Forgotten::NotFound
    );
    let entries = store::audit::list(&world.store, world.organization_id, None, 1)
        .await
        .unwrap();
    let entry = &entries[0];
    assert_eq!(
        (
            entry.verb.as_str(),
            entry.subject.as_deref(),
            entry.reason.as_deref()
        ),
        ("device.forgotten", Some("SERIAL1"), Some("sold"))
    );
}

#[tokio::test]
async fn what_was_asked_of_a_forgotten_device_ends_whether_it_was_begun_or_not() {
    let world = World::with_device().await;
    world.accept(1).await;
    world.run(2).await;
    let Forgotten::Gone { ended } = forget(&world, "k1", device_id(1), "Mac 1").await else {
        panic!("it is confirmed")
    };
    assert_eq!(ended.len(), 2);
    assert_eq!(world.count("sealed_secret").await, 0);
    let report = action::find(&world.store, world.organization_id, action_id(2)).await;
    assert_eq!(report.unwrap(), None);
    let verbs = world.verbs().await;
    assert_eq!(
        verbs.iter().filter(|verb| *verb == "action.failed").count(),
        2,
        "{verbs:?}"
    );
}

#[tokio::test]
async fn a_device_of_a_run_that_is_not_finished_is_not_forgotten() {
    let world = World::running(2).await;
    let kept = forget(&world, "k1", device_id(1), "Mac 1").await;
    assert_eq!(kept, Forgotten::InBulkRun);
    world.advance(NOW).await;
    for number in [1, 2] {
        world.device_ends(number, Code::Granted, at(1)).await;
    }
    world.advance(at(2)).await;
    assert!(world.bulk_run().await.finished_at.is_some());
    let gone = forget(&world, "k2", device_id(1), "Mac 1").await;
    assert_eq!(gone, Forgotten::Gone { ended: Vec::new() });
    assert_eq!(where_it_stands(&world, device_id(1)).await, Vec::<String>::new());
}

#[tokio::test]
async fn a_device_that_is_forgotten_while_a_run_is_prepared_is_no_part_of_it() {
    let world = World::with_devices(2).await;
    world.accept_run().await;
    forget(&world, "k1", device_id(1), "Mac 1").await;
    let lacking = held_back(1, Readiness::NeedsPerson, Code::NotObserved);
    for gone in [lacking, member(&world, 1)] {
        assert_eq!(world.add(vec![gone]).await, ChunkAdded::But(vec![device_id(1)]));
    }
    let there = world.add(vec![member(&world, 2)]).await;
    assert_eq!(there, ChunkAdded::But(Vec::new()));
}
