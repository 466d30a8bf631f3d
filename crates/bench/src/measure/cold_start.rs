//! How long it takes from the start of the process to the first page.

use std::time::Instant;

use anyhow::ensure;

use crate::console::Browser;
use crate::figure::{Bar, Figure, Kind};
use crate::ground::{Ground, Site};
use crate::latency::Latencies;
use crate::server::Transport;

/// How often the server is started.
const TIMES: u32 = 5;

/// Starts the server in an empty folder, and again with `devices` devices.
pub async fn cold_start(ground: &Ground, devices: u32) -> anyhow::Result<Vec<Figure>> {
    let mut empty = Latencies::default();
    for _ in 0..TIMES {
        first_page(&ground.site()?, &mut empty).await?;
    }
    let site = &ground.large(devices).await?.site;
    let mut full = Latencies::default();
    for _ in 0..TIMES {
        first_page(site, &mut full).await?;
    }
    let figure = |what: String, times: &Latencies| {
        Figure::new(what, times.percentile(50) / 1_000.0, "s", Kind::Wall).bar(Bar::AtMost(1.0))
    };
    Ok(vec![
        figure("start to first page, new server".to_owned(), &empty),
        figure(format!("start to first page, {devices} devices"), &full),
    ])
}

async fn first_page(site: &Site, times: &mut Latencies) -> anyhow::Result<()> {
    let begun = Instant::now();
    let server = site.start(Transport::Tls).await?;
    let browser = Browser::sign_in(server.address(), server.sign_in_path()?).await?;
    let page = browser.load("/").await?;
    times.add(begun.elapsed());
    ensure!(
        page.text.contains("<h1>Manage</h1>"),
        "the first page is the list of devices"
    );
    server.stop().await
}
