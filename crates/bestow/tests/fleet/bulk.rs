//! A bulk grant over the whole fleet: cut off while it is prepared, aborted by its canary, and then carried through while
//! the server is killed twice.

use std::collections::BTreeMap;

use serde_json::Value;

use crate::kinds::{ADA, BEN, Kind};
use crate::site::{Site, fleet_size};
use crate::support::command::Said;
use crate::truth;

const CANARY: usize = 20;

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn every_mac_has_exactly_one_right_result() {
    let count = fleet_size();
    let mut site = Site::with(count, "info").await;
    site.fleet.start();
    site.until_observed().await;
    site.fleet.stop().await;
    site.start_all_but(Kind::Away);

    cut_off_while_prepared(&mut site).await;
    let tried = aborted_by_its_canary(&site).await;
    let run = carried_through(&mut site).await;
    every_result_is_right(&site, &run, &tried).await;
    site.fleet.stop().await;
}

/// Asks for a grant from ada to ben on every Mac.
pub fn order(site: &Site, passwords: [&str; 2], reason: &str) -> Said {
    let canary = CANARY.to_string();
    let args = [
        "bulk-grant",
        "--all",
        "--administrator",
        "ada",
        "--target",
        "ben",
        "--canary",
        &canary,
        "--stop-at-failures",
        "20",
        "--in-flight",
        "200",
        "--reason",
        reason,
        "--yes",
        "--password-stdin",
        "--no-wait",
        "--json",
    ];
    let [administrator, target] = passwords;
    site.run(&args, &format!("{administrator}\n{target}\n"))
        .with_exit(0)
}

/// The run's id.
pub fn id_of(run: &Value) -> String {
    run["id"].as_str().unwrap().to_owned()
}

fn count(run: &Value, what: &str) -> usize {
    usize::try_from(run["progress"][what].as_u64().unwrap()).unwrap()
}

async fn shown(site: &Site, id: &str) -> Option<Value> {
    // A server that is just starting does not answer.
    site.api().get(&format!("/api/v1/bulk-actions/{id}")).await.ok()
}

/// Waits until the run is as it is wanted.
pub async fn until(site: &Site, id: &str, what: &str, is_so: impl Fn(&Value) -> bool) -> Value {
    site.until(what, async || shown(site, id).await.filter(|run| is_so(run)))
        .await
}

/// The server is killed while the run is being prepared: the run ends, says so, and has done nothing.
async fn cut_off_while_prepared(site: &mut Site) {
    let run = order(site, [ADA, BEN], "new policy").json();
    assert_eq!(run["state"], "preparing");
    site.kill_server();
    let ended = until(site, &id_of(&run), "the run to end", |run| {
        run["finished_at"].is_i64()
    })
    .await;
    assert_eq!(
        (&ended["state"], &ended["code"]),
        (&"interrupted".into(), &"bulk_interrupted".into())
    );
    assert_eq!(count(&ended, "cancelled"), count(&ended, "ready"));
    assert!(
        count(&ended, "devices") < site.macs.len(),
        "the kill came too late to cut anything off"
    );
    for (id, known) in &site.macs {
        assert_eq!(
            site.truth(*id).effects,
            known.before.effects,
            "{} was touched",
            known.name
        );
    }
    site.tell("a run was cut off while it was prepared");
}

/// The administrator's password is wrong everywhere: the canary fails, and nobody else is asked. Answers on which Macs it
/// was tried.
async fn aborted_by_its_canary(site: &Site) -> BTreeMap<trust::id::DeviceId, u32> {
    let id = id_of(&order(site, ["not ada's password", BEN], "new policy").json());
    let stopped = until(site, &id, "the run to stop", |run| run["state"] == "stopped").await;
    assert_eq!(stopped["code"], "bulk_too_many_failed");
    let said = site.run(&["bulk", "show", &id, "--wait"], "").with_exit(1);
    said.says(&["bulk_too_many_failed", "stopped"]);
    let cancelled = site
        .run(
            &["bulk", "cancel", &id, "--reason", "wrong password", "--json"],
            "",
        )
        .with_exit(0);
    assert_eq!(cancelled.json()["state"], "cancelled");
    let over = until(site, &id, "the run to be over", |run| run["finished_at"].is_i64()).await;
    let mut tried = BTreeMap::new();
    for (id, known) in &site.macs {
        let ada = truth::since(&known.before, &site.truth(*id), "ada");
        let ben = truth::since(&known.before, &site.truth(*id), "ben");
        assert!(ada.failed_logins <= 1 && ben.granted == 0, "{}", known.name);
        tried.insert(*id, ada.failed_logins);
    }
    let touched = usize::try_from(tried.values().sum::<u32>()).unwrap();
    assert!(
        (1..=CANARY).contains(&touched),
        "{touched} Macs tried a wrong password"
    );
    assert_eq!(touched, count(&over, "refused"));
    assert_eq!(count(&over, "cancelled") + touched, count(&over, "ready"));
    site.tell(&format!("a run was aborted after {touched} Macs"));
    tried
}

/// Carries the grant through. The server is killed twice in between, and some Macs come back only at the end.
async fn carried_through(site: &mut Site) -> String {
    let id = id_of(&order(site, [ADA, BEN], "new policy").json());
    let ready = site.ids_of(|known| known.kind.is_ready()).len();
    for share in [4, 2] {
        let run = until(site, &id, "a part of the fleet", |run| {
            count(run, "succeeded") >= ready / share
        })
        .await;
        assert!(
            count(&run, "succeeded") < ready,
            "it is over before the server was killed"
        );
        site.kill_server();
    }
    let away = site.ids_of(|known| known.kind == Kind::Away);
    let waiting = until(site, &id, "all but those who are away", |run| {
        count(run, "queued") == away.len()
            && count(run, "held") + count(run, "offered") + count(run, "running") == 0
    })
    .await;
    assert_eq!(waiting["state"], "running");
    site.tell("every Mac has ended but those that are away");
    for id in &away {
        site.fleet.start_one(*id).unwrap();
    }
    let run = until(site, &id, "the run to finish", |run| run["state"] == "finished").await;
    assert_eq!(count(&run, "ready"), ready);
    site.tell("the run has finished");
    id
}

async fn every_result_is_right(site: &Site, id: &str, tried: &BTreeMap<trust::id::DeviceId, u32>) {
    let csv = site.run(&["bulk", "results", id, "--csv"], "").with_exit(0).out;
    let mut reader = csv::Reader::from_reader(csv.as_bytes());
    let mut results: BTreeMap<String, [String; 2]> = BTreeMap::new();
    for record in reader.records() {
        let record = record.unwrap();
        let before = results.insert(record[2].to_owned(), [record[4].to_owned(), record[5].to_owned()]);
        assert!(before.is_none(), "{} has two results", &record[0]);
    }
    assert_eq!(results.len(), site.macs.len());
    let mut seen = BTreeMap::<Kind, usize>::new();
    for (device, known) in &site.macs {
        let expected = known.kind.expected();
        let result = &results[&device.to_string()];
        assert_eq!(
            [result[0].as_str(), result[1].as_str()],
            [expected.state.unwrap_or("not_sent"), expected.code],
            "{} is {:?}",
            known.name,
            known.kind
        );
        truth::is_right(known.kind, &known.before, &site.truth(*device), tried[device]);
        *seen.entry(known.kind).or_default() += 1;
    }
    assert_eq!(seen.len(), Kind::ALL.len(), "the fleet has every kind: {seen:?}");
    let said = site.run(&["bulk", "show", id], "").with_exit(0);
    said.says(&[
        "finished",
        "granted",
        "chain_broken",
        "administrator_wrong_password",
    ]);
    site.tell(&format!("every result is right: {seen:?}"));
}
