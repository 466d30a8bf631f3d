//! What the real agent is and uses on a Mac: its size, its memory, and the processes that it starts for one look.

use std::collections::BTreeSet;
use std::fs::{self, File};
use std::path::Path;
use std::process::Stdio;
use std::time::Duration;

use anyhow::{Context as _, ensure};
use macsim::MacHome;
use macsim::front::calls::CallEvent;
use secrecy::{ExposeSecret as _, SecretString};
use serde_json::Value;
use tokio::io::AsyncWriteExt as _;
use tokio::process::{Child, Command};

use crate::api::Api;
use crate::figure::{Bar, Figure, Kind};
use crate::ground::Ground;
use crate::measure::lists::mebibytes;
use crate::server::Transport;
use crate::stock::Mixture;
use crate::usage::Watched;

/// How often the record of calls is read while a look is awaited.
const LOOK_AGAIN: Duration = Duration::from_millis(200);

/// Runs the agent on a simulated Mac until it has looked `looks` times. From the second on, a look is a usual one.
pub async fn observation(ground: &Ground, looks: u32) -> anyhow::Result<Vec<Figure>> {
    let site = ground.site()?;
    let server = site.start(Transport::Plain).await?;
    let api = Api::new(server.address(), server.token()?)?;
    let mac = MacHome::create(
        site.folder().join("mac"),
        &Mixture::make().of(0).made.mac,
        &ground.programs.bestow,
    )?;
    let agent = &ground.programs.agent;
    enrol(agent, &mac, &server.address().url, &api).await?;
    let before = starts(&mac)?;
    let mut running = start(agent, &mac)?;
    until_observed(&api).await?;
    let mut figures = vec![processes("first", starts(&mac)? - before)];
    for _ in 1..looks {
        let (from, seen) = (starts(&mac)?, last_seen(&api).await?);
        while last_seen(&api).await? <= seen || starts(&mac)? == from {
            tokio::time::sleep(LOOK_AGAIN).await;
        }
        figures.push(processes("a usual", starts(&mac)? - from).bar(Bar::AtMost(12.0)));
    }
    let watched = Watched::process(running.id().context("find the agent's process")?);
    let (resident, size) = (watched.most_resident()?, fs::metadata(agent)?.len());
    drop(running.stdin.take());
    ensure!(running.wait().await?.success(), "the agent ends in order");
    server.stop().await?;
    figures.push(
        Figure::new("agent, most resident", mebibytes(resident), "MiB", Kind::Counted).bar(Bar::AtMost(20.0)),
    );
    figures.push(
        Figure::new(
            "agent, program on this system",
            mebibytes(size),
            "MiB",
            Kind::Counted,
        )
        .bar(Bar::AtMost(10.0)),
    );
    Ok(figures)
}

fn processes(look: &str, count: usize) -> Figure {
    let count = u32::try_from(count).unwrap_or(u32::MAX);
    Figure::new(
        format!("agent, {look} look"),
        f64::from(count),
        "processes",
        Kind::Counted,
    )
}

/// How many processes the Mac has recorded.
fn starts(mac: &MacHome) -> anyhow::Result<usize> {
    let calls = mac.calls()?;
    let processes: BTreeSet<u64> = calls
        .iter()
        .filter_map(|call| match call {
            CallEvent::Started { sequence, .. } => Some(*sequence),
            CallEvent::Ended { .. } => None,
        })
        .collect();
    Ok(processes.len())
}

async fn enrol(agent: &Path, mac: &MacHome, server: &str, api: &Api) -> anyhow::Result<()> {
    let secret: SecretString = api.enrolment_secret("secret-of-the-mac").await?;
    let mut child = command(agent, mac)?
        .args(["enroll", "--server", server, "--name", "mac"])
        .stdout(Stdio::null())
        .spawn()
        .context("start bestow-agent")?;
    let mut pipe = child.stdin.take().context("open the agent's pipe")?;
    pipe.write_all(secret.expose_secret().as_bytes()).await?;
    drop(pipe);
    ensure!(child.wait().await?.success(), "the agent enrols");
    Ok(())
}

fn start(agent: &Path, mac: &MacHome) -> anyhow::Result<Child> {
    let mut command = command(agent, mac)?;
    command.args(["run", "--exit-with-stdin"]).stdout(Stdio::null());
    command.spawn().context("start bestow-agent")
}

fn command(agent: &Path, mac: &MacHome) -> anyhow::Result<Command> {
    let log = File::options()
        .create(true)
        .append(true)
        .open(mac.dir().join("agent.log"))?;
    let mut command = Command::new(agent);
    command.arg("--root").arg(mac.root()).kill_on_drop(true);
    command.stdin(Stdio::piped()).stderr(log);
    Ok(command)
}

async fn device(api: &Api) -> anyhow::Result<Value> {
    let mut page: Value = api.get("/api/v1/devices").await?;
    Ok(page["items"][0].take())
}

async fn until_observed(api: &Api) -> anyhow::Result<()> {
    while device(api).await?["observed_at"].is_null() {
        tokio::time::sleep(LOOK_AGAIN).await;
    }
    Ok(())
}

async fn last_seen(api: &Api) -> anyhow::Result<i64> {
    let seen = device(api).await?["last_seen_at"].as_i64();
    seen.context("read when the Mac was last seen")
}
