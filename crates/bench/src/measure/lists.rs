//! How soon lists, filters and searches begin to answer, for people and for programs, however many devices there are.

use std::time::{Duration, Instant};

use anyhow::{Context as _, ensure};
use serde_json::Value;

use crate::api::Api;
use crate::console::Browser;
use crate::figure::{Bar, Figure, Kind};
use crate::ground::Ground;
use crate::latency::Latencies;
use crate::server::{Server, Transport};
use crate::usage::Watched;

/// How soon a list of so many devices has to begin to answer, in milliseconds.
fn bar(devices: u32) -> Bar {
    Bar::AtMost(if devices <= 100_000 { 50.0 } else { 150.0 })
}

/// What is to be measured.
#[derive(Debug, Clone, Copy)]
pub struct Size {
    /// How many devices there are.
    pub devices: u32,
    /// How often each page is loaded.
    pub times: u32,
}

/// A page, and a word that stands in it.
struct Address {
    name: String,
    path: String,
}

/// Loads every kind of list.
pub async fn lists(ground: &Ground, size: Size) -> anyhow::Result<Vec<Figure>> {
    let large = ground.large(size.devices).await?;
    let filling = |took: Duration| {
        let what = format!("filling the store with {} devices", size.devices);
        Figure::new(what, took.as_secs_f64(), "s", Kind::Wall)
    };
    let mut figures: Vec<Figure> = large.took.map(filling).into_iter().collect();
    let server = large.site.start(Transport::Tls).await?;
    let clients = Clients::of(&server).await?;
    for address in addresses(&clients.api).await? {
        figures.extend(clients.measure(&address, size).await?);
    }
    let resident = server.watched()?.resident()?;
    let what = format!("server, resident after lists of {} devices", size.devices);
    figures.push(Figure::new(what, mebibytes(resident), "MiB", Kind::Counted));
    server.stop().await?;
    Ok(figures)
}

/// Bytes in MiB.
pub fn mebibytes(bytes: u64) -> f64 {
    bytes as f64 / f64::from(1024 * 1024)
}

/// Who loads: a person and a program.
struct Clients {
    browser: Browser,
    api: Api,
    server: Watched,
}

impl Clients {
    async fn of(server: &Server) -> anyhow::Result<Self> {
        Ok(Self {
            browser: Browser::sign_in(server.address(), server.sign_in_path()?).await?,
            api: Api::new(server.address(), server.token()?)?,
            server: server.watched()?,
        })
    }

    async fn measure(&self, address: &Address, size: Size) -> anyhow::Result<[Figure; 2]> {
        let Size { devices, times } = size;
        let mut latencies = Latencies::default();
        self.first_byte(address).await?;
        let used = self.server.processor_time()?;
        for _ in 0..times {
            latencies.add(self.first_byte(address).await?);
        }
        let used = self.server.processor_time()?.saturating_sub(used);
        let each = used.as_secs_f64() * 1_000.0 / f64::from(times);
        let name = &address.name;
        Ok([
            Figure::new(
                format!("{name}: first byte, p95"),
                latencies.percentile(95),
                "ms",
                Kind::Wall,
            )
            .bar(bar(devices))
            .peer(1_400.0, "2,500 Macs of 45,000"),
            Figure::new(format!("{name}: server per page"), each, "ms", Kind::Processor),
        ])
    }

    async fn first_byte(&self, address: &Address) -> anyhow::Result<Duration> {
        if address.path.starts_with("/api/") {
            let begun = Instant::now();
            let response = self.api.send_get(&address.path).await?;
            let first_byte = begun.elapsed();
            ensure!(response.status().is_success(), "load {}", address.path);
            response.bytes().await.context("read a list")?;
            Ok(first_byte)
        } else {
            Ok(self.browser.load(&address.path).await?.first_byte)
        }
    }
}

/// Every kind of list, for people and for programs.
async fn addresses(api: &Api) -> anyhow::Result<Vec<Address>> {
    let deep = deep_cursor(api).await?;
    let first: Value = api.get("/api/v1/devices?limit=1").await?;
    let device = &first["items"][0];
    let id = device["id"].as_str().context("find a device")?;
    let serial = device["serial_number"].as_str().context("find a device")?;
    let in_the_middle = &serial[4..10];
    let queries = [
        ("all", String::new()),
        ("chain broken", "state=broken".to_owned()),
        ("chain can grant", "state=can_grant".to_owned()),
        ("never observed", "state=not_observed".to_owned()),
        ("a rare finding", "finding=os_too_old".to_owned()),
        (
            "a common finding",
            "finding=missing_from_start_up_screen".to_owned(),
        ),
        (
            "a finding that nobody has",
            "finding=demotion_unproved".to_owned(),
        ),
        (
            "chain and finding",
            "state=broken&finding=chain_broken".to_owned(),
        ),
        ("far down", format!("cursor={deep}")),
        (
            "far down, chain can grant",
            format!("state=can_grant&cursor={deep}"),
        ),
        (
            "far down, a common finding",
            format!("finding=missing_from_start_up_screen&cursor={deep}"),
        ),
        ("search, serial number", format!("q={serial}")),
        ("search, part of a serial number", format!("q={in_the_middle}")),
        ("search, a first name", "q=kamala".to_owned()),
        ("search, a model", "q=mac14,13".to_owned()),
        ("search, in every Mac", "q=mac".to_owned()),
        ("search, in no Mac", "q=nobody-has-this".to_owned()),
        ("search, chain broken", "q=kamala&state=broken".to_owned()),
    ];
    let mut addresses = Vec::new();
    for (name, query) in queries {
        addresses.push(Address {
            name: format!("console, {name}"),
            path: format!("/?{query}"),
        });
        addresses.push(Address {
            name: format!("API, {name}"),
            path: format!("/api/v1/devices?{query}"),
        });
    }
    addresses.extend(needing());
    let others = [
        ("API, 500 on a page", "/api/v1/devices?limit=500".to_owned()),
        ("console, a device", format!("/devices/{id}")),
        (
            "API, findings of a device",
            format!("/api/v1/devices/{id}/findings"),
        ),
        (
            "API, timeline of a device",
            format!("/api/v1/devices/{id}/timeline"),
        ),
        ("console, history of actions", "/actions".to_owned()),
        (
            "API, actions that wait",
            "/api/v1/actions?state=queued".to_owned(),
        ),
        ("API, audit log", "/api/v1/audit".to_owned()),
    ];
    addresses.extend(others.map(|(name, path)| Address {
        name: name.to_owned(),
        path,
    }));
    Ok(addresses)
}

/// The list of devices that need attention, which shows its counts as well.
fn needing() -> impl Iterator<Item = Address> {
    let queries = [
        ("all", ""),
        ("a common reason", "reason=missing_from_start_up_screen"),
        ("a rare reason", "reason=volume_not_apfs"),
        ("by turn", "turn=visit"),
        ("by remedy", "remedy=console"),
        ("muted", "muted=true"),
        ("an owner that nobody is", "owner=nobody"),
        ("search, a first name", "q=kamala"),
        ("search, a first name, by turn", "q=kamala&turn=visit"),
    ];
    queries.into_iter().flat_map(|(name, query)| {
        [
            Address {
                name: format!("console, needs attention, {name}"),
                path: format!("/needs-attention?{query}"),
            },
            Address {
                name: format!("API, needs attention, {name}"),
                path: format!("/api/v1/devices?needs_attention=true&{query}"),
            },
        ]
    })
}

/// The cursor of a page about two thirds down the list.
async fn deep_cursor(api: &Api) -> anyhow::Result<String> {
    let mut cursor = String::new();
    loop {
        let after = if cursor.is_empty() {
            String::new()
        } else {
            format!("&cursor={cursor}")
        };
        let page: Value = api.get(&format!("/api/v1/devices?limit=500{after}")).await?;
        let name = page["items"][0]["name"]
            .as_str()
            .context("read a page of devices")?;
        match page["next_cursor"].as_str() {
            Some(next) if name < "Kamala" => cursor = next.to_owned(),
            Some(next) => return Ok(next.to_owned()),
            None if cursor.is_empty() => {
                let end: Value = api.get("/api/v1/devices?limit=1").await?;
                return Ok(end["next_cursor"].as_str().unwrap_or_default().to_owned());
            }
            None => return Ok(cursor),
        }
    }
}
