//! The memory of a server that has shown its console and now has nothing to do.

use crate::console::Browser;
use crate::figure::{Bar, Figure, Kind};
use crate::ground::Ground;
use crate::measure::lists::mebibytes;
use crate::server::Transport;
use crate::stock::Mixture;

/// How many devices the server has. Their number hardly matters: nothing is kept of them in memory.
const DEVICES: u32 = 100;

/// Loads the console's pages and measures what stays.
pub async fn memory(ground: &Ground) -> anyhow::Result<Vec<Figure>> {
    let site = ground.site()?;
    let devices = site.fill(DEVICES, &Mixture::make()).await?;
    let server = site.start(Transport::Tls).await?;
    let before = server.watched()?.resident()?;
    let browser = Browser::sign_in(server.address(), server.sign_in_path()?).await?;
    let mut pages = ["/", "/remote-actions", "/actions", "/codes"]
        .map(str::to_owned)
        .to_vec();
    pages.extend(assets(&browser.load("/").await?.text));
    let devices = devices.iter();
    pages.extend(devices.map(|device| format!("/devices/{}", device.id)));
    for page in &pages {
        browser.load(page).await?;
    }
    let after = server.watched()?.resident()?;
    server.stop().await?;
    Ok(vec![
        Figure::new(
            "server, resident, just started",
            mebibytes(before),
            "MiB",
            Kind::Counted,
        ),
        Figure::new(
            "server, resident, idle, console shown",
            mebibytes(after),
            "MiB",
            Kind::Counted,
        )
        .bar(Bar::AtMost(64.0))
        .peer(255.0, "with a console"),
    ])
}

/// The files that a page names, such as `/assets/…`.
fn assets(page: &str) -> Vec<String> {
    let rests = page.split("\"/assets/").skip(1);
    let names = rests.filter_map(|rest| rest.split('"').next());
    names.map(|name| format!("/assets/{name}")).collect()
}
