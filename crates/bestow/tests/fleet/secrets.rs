//! No password of a bulk run leaks: not while it is prepared, not when the server is killed then, not in what it answers,
//! logs and keeps, and not in its results.

use serde_json::{Value, json};

use crate::bulk::{id_of, order, until};
use crate::kinds::{ADA, BEN};
use crate::site::Site;
use crate::support::http::Raw;
use crate::support::search::{Haystack, everything_below, said, stand_nowhere};

/// Macs enough for one of each kind.
const MACS: usize = 100;

const WRONG: &str = "planted-wrong \"quoted\" für alle 🦀 5Tz";
const NOBODYS: &str = "planted-for-nobody-%HOME-8Kq2";

/// No secret: that it is found shows that the search looks where things are kept.
const REASON: &str = "planted-reason-4Lx";

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn no_password_is_left_anywhere() {
    let mut site = Site::with(MACS, "trace").await;
    site.fleet.start();
    site.until_observed().await;
    site.fleet.stop().await;
    let mut found = malformed(&site);

    let prepared = order(&site, [ADA, BEN], REASON);
    found.push(Haystack::new(
        "server process",
        &site.server.process().seen_from_outside(),
    ));
    site.server.kill();
    found.extend(everything_written(&site));
    site.server.start();
    found.push(said("ordered", &prepared));
    let cut_off = id_of(&prepared.json());
    found.push(said("cut off", &site.run(&["bulk", "show", &cut_off], "")));
    // Where the preparation was quicker than the kill, the run would go on.
    site.run(&["bulk", "cancel", &cut_off], "");
    until(&site, &cut_off, "the run to be over", |run| {
        run["finished_at"].is_i64()
    })
    .await;
    site.fleet.start();

    let aborted = id_of(&order(&site, [WRONG, BEN], REASON).json());
    until(&site, &aborted, "the run to stop", |run| {
        run["state"] == "stopped"
    })
    .await;
    found.push(said("stopped", &site.run(&["bulk", "show", &aborted], "")));
    found.push(said("cancelled", &site.run(&["bulk", "cancel", &aborted], "")));

    let done = order(&site, [ADA, BEN], REASON);
    let id = id_of(&done.json());
    until(&site, &id, "somebody to be granted a token", |run| {
        run["progress"]["succeeded"] != 0
    })
    .await;
    found.extend(everything_written(&site));
    site.kill_server();
    until(&site, &id, "the run to end", |run| run["finished_at"].is_i64()).await;
    found.push(said("done", &done));
    for id in [&aborted, &id] {
        found.extend(every_answer(&site, id));
        found.push(said("results", &site.run(&["bulk", "results", id, "--csv"], "")));
        found.push(said("table", &site.run(&["bulk", "results", id], "")));
    }
    found.push(said("audit", &site.run(&["audit"], "")));
    found.extend(everything_written(&site));
    site.fleet.stop().await;
    site.server.stop();
    found.extend(everything_written(&site));

    let log = std::fs::read_to_string(site.server.log()).unwrap();
    assert!(
        log.contains("DEBUG") || log.contains("TRACE"),
        "everything is told that there is to tell"
    );
    stand_nowhere(&[ADA, BEN, WRONG, NOBODYS], &found);
    assert!(found.iter().filter(|haystack| haystack.has(REASON)).count() > 3);
}

/// Orders that are refused, with passwords where none belong.
fn malformed(site: &Site) -> Vec<Haystack> {
    let credential = |password: Value| json!({ "username": "ada", "password": password });
    let orders = [
        json!({ "selector": { "all": true }, "action": {
            "kind": "grant_secure_token", "administrator": credential(NOBODYS.into()), "target": NOBODYS,
        } }),
        json!({ "selector": { "q": NOBODYS }, "action": {
            "kind": "grant_secure_token", "administrator": credential(NOBODYS.into()),
            "target": credential(WRONG.into()),
        } }),
        json!({ "selector": { "device_ids": [NOBODYS] }, "action": {
            "kind": "grant_secure_token", "administrator": credential(NOBODYS.into()),
            "target": credential(WRONG.into()),
        } }),
        json!({ "selector": { "all": true }, "password": NOBODYS, "action": {
            "kind": "grant_secure_token", "administrator": credential(json!([NOBODYS])),
            "target": credential(WRONG.into()),
        } }),
    ];
    let send = |order: &Value| {
        let answer = ask(site, "POST", "/api/v1/bulk-actions", &order.to_string());
        assert!((400..500).contains(&answer.status()), "{}", answer.text());
        Haystack::new(
            format!("the refusal of {order}")
                .replace(NOBODYS, "…")
                .replace(WRONG, "…"),
            &answer.0,
        )
    };
    orders.iter().map(send).collect()
}

fn every_answer(site: &Site, id: &str) -> Vec<Haystack> {
    let paths = [
        "/api/v1/bulk-actions".to_owned(),
        format!("/api/v1/bulk-actions/{id}"),
        format!("/api/v1/bulk-actions/{id}/members?limit=500"),
        format!("/api/v1/bulk-actions/{id}/results.csv"),
        "/api/v1/actions?limit=500".to_owned(),
        "/api/v1/audit?limit=500".to_owned(),
    ];
    let get = |path: String| {
        let answer = ask(site, "GET", &path, "");
        assert_eq!(answer.status(), 200, "{path}");
        Haystack::new(path, &answer.0)
    };
    paths.into_iter().map(get).collect()
}

fn ask(site: &Site, method: &str, path: &str, body: &str) -> Raw {
    let token = std::fs::read_to_string(site.server.token_file()).unwrap();
    let headers = [
        format!("authorization: Bearer {}", token.trim()),
        format!("idempotency-key: planted-{}", body.len()),
        "content-type: application/json".to_owned(),
    ];
    tokio::task::block_in_place(|| Raw::ask(site.server.address(), method, path, &headers, body))
}

fn everything_written(site: &Site) -> Vec<Haystack> {
    let found = everything_below(site.folder.path());
    let names: Vec<&str> = found.iter().map(|file| file.name.as_str()).collect();
    assert!(names.iter().any(|name| name.ends_with("/bestow.db")), "{names:?}");
    found
}
