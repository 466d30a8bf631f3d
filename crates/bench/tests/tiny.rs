//! Each measurement, on sizes so small that it takes a moment: it measures what it says. No figure's size is judged but
//! those that are counted.
#![expect(clippy::unwrap_used, reason = "in tests, what fails panics")]

use std::time::Duration;

use bench::figure::Figure;
use bench::ground::Ground;
use bench::measure::{
    agents, check_in, cold_start, delivery, diagnosis, idle_poll, lists, memory, observation,
};
use bench::program::Programs;
use bench::server::Transport;
use tempfile::TempDir;
use tokio::sync::OnceCell;

/// The programs, built once for all tests, so that none is older than what is tested.
static PROGRAMS: OnceCell<Programs> = OnceCell::const_new();

/// A ground, and what deletes it.
async fn ground() -> (Ground, TempDir) {
    let programs = PROGRAMS
        .get_or_init(async || Programs::build().await.unwrap())
        .await;
    let scratch = tempfile::tempdir().unwrap();
    (Ground::new(programs.clone(), scratch.path()), scratch)
}

/// The figure whose name begins so.
fn figure<'f>(figures: &'f [Figure], name: &str) -> &'f Figure {
    let found = figures.iter().find(|figure| figure.what.starts_with(name));
    found.unwrap_or_else(|| panic!("no {name} in {figures:#?}"))
}

fn count(figures: &[Figure], name: &str) -> u64 {
    let measured = figure(figures, name).measured;
    assert!(measured >= 0.0 && measured.fract() == 0.0, "{name}: {measured}");
    measured as u64
}

#[tokio::test(flavor = "multi_thread")]
async fn every_check_in_reaches_the_server() {
    let (ground, _scratch) = ground().await;
    let size = check_in::Size { agents: 5, rounds: 3 };
    let figures = check_in::check_in(&ground, size).await.unwrap();
    for name in [
        "check-in, unchanged, TLS",
        "check-in, changed observation, plain HTTP",
    ] {
        assert!(figure(&figures, &format!("{name}: p50")).measured > 0.0);
        assert!(figure(&figures, &format!("{name}: with the load")).measured > 0.0);
    }
    let bars = figures.iter().filter(|figure| figure.bar.is_some()).count();
    assert_eq!(bars, 1, "the bar is of the check-in that tells nothing new");
}

#[tokio::test(flavor = "multi_thread")]
async fn every_mac_enrols_and_every_poll_is_answered() {
    let (ground, _scratch) = ground().await;
    let size = idle_poll::Size { macs: 3, rounds: 2 };
    let figures = idle_poll::idle_poll(&ground, size).await.unwrap();
    assert!(
        figure(&figures, "MDM idle poll, SQLite: server per poll")
            .bar
            .is_some()
    );
    assert!(figure(&figures, "MDM idle poll: p50").measured > 0.0);
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_accepted_from_sixteen_writers_is_delivered_once() {
    let (ground, _scratch) = ground().await;
    let figures = delivery::delivery(&ground, 48).await.unwrap();
    assert_eq!(
        count(&figures, "of 48 accepted from 16 writers: at the agent"),
        48
    );
    assert_eq!(count(&figures, "of 48 accepted from 16 writers: with an end"), 48);
}

#[tokio::test(flavor = "multi_thread")]
async fn every_list_is_loaded_from_a_store_with_so_many_devices() {
    let (ground, _scratch) = ground().await;
    let size = lists::Size {
        devices: 200,
        times: 1,
    };
    let figures = lists::lists(&ground, size).await.unwrap();
    for name in [
        "console, all",
        "API, chain broken",
        "console, search, part",
        "API, far down",
    ] {
        assert!(figure(&figures, name).measured > 0.0);
    }
    let bars: Vec<_> = figures.iter().filter(|figure| figure.bar.is_some()).collect();
    assert!(bars.len() > 40 && bars.iter().all(|figure| figure.what.ends_with("first byte, p95")));
}

#[tokio::test(flavor = "multi_thread")]
async fn every_agent_connects_and_every_action_arrives() {
    let (ground, _scratch) = ground().await;
    let size = agents::Size {
        agents: 30,
        actions: 4,
        idle_for: Duration::ZERO,
        transport: Transport::Tls,
    };
    let figures = agents::agents(&ground, size).await.unwrap();
    assert_eq!(count(&figures, "agents connected"), 30);
    let connections = figure(&figures, "connections of each agent").measured;
    assert!(
        (0.9..1.2).contains(&connections),
        "no more than are counted on: {connections}"
    );
    assert!(figure(&figures, "action to agent, p99").measured > 0.0);
    assert!(figure(&figures, "server, resident with them").measured > 1.0);
}

#[tokio::test(flavor = "multi_thread")]
async fn the_console_is_shown_before_memory_is_measured() {
    let (ground, _scratch) = ground().await;
    let figures = memory::memory(&ground).await.unwrap();
    let idle = figure(&figures, "server, resident, idle").measured;
    assert!(idle >= figure(&figures, "server, resident, just started").measured - 4.0);
}

#[tokio::test(flavor = "multi_thread")]
async fn the_first_page_is_the_list_of_devices() {
    let (ground, _scratch) = ground().await;
    let figures = cold_start::cold_start(&ground, 20).await.unwrap();
    assert!(figures.iter().all(|figure| figure.measured > 0.0) && figures.len() == 2);
}

#[tokio::test(flavor = "multi_thread")]
async fn the_agents_processes_are_counted_by_the_mac() {
    let (ground, _scratch) = ground().await;
    let figures = observation::observation(&ground, 1).await.unwrap();
    let first = count(&figures, "agent, first look");
    assert!((10..60).contains(&first), "{first}");
    assert!(figure(&figures, "agent, program").measured > 0.0);
    assert!(figure(&figures, "agent, most resident").measured > 1.0);
}

#[test]
fn diagnoses_are_counted_by_the_second() {
    let figures = diagnosis::diagnosis(2_000);
    assert!(figure(&figures, "diagnosis").measured > 1.0);
}
