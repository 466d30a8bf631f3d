//! `bestow demo --check`: walks through the main job by the public API and compares each step with what must come, and
//! with what the simulator knows to be true. It ends at the first difference.

mod attention;
mod audit;
mod bulk;
mod creating;
mod enrolment_data;
mod expectation;
mod findings;
mod grants;
mod looking_after;
mod mac;
mod person;
mod primary_users;
mod recovery;
mod report;
mod requests;
mod restart;
mod security;
mod service_account;
mod wildcards;

use std::time::Duration;

use macsim::scenario::Situation;

use crate::client::Client;
use crate::exit::{Exit, Failure};

use super::fleet::Fleet;
use super::folder::Folder;
use mac::MacUnderTest;
use report::Report;

/// The whole walk takes no longer.
const BOUND: Duration = Duration::from_secs(300);

/// Walks. A difference is told and makes the program fail.
pub async fn walk(client: &Client, fleet: &mut Fleet, folder: &Folder) -> Result<Exit, Failure> {
    let mut report = Report::default();
    let walked = tokio::time::timeout(BOUND, steps(client, fleet, folder, &mut report)).await;
    let verdict = walked.unwrap_or_else(|_| Err(anyhow::anyhow!("the walk took longer than {BOUND:?}")));
    report.end(verdict)
}

async fn steps(
    client: &Client,
    fleet: &mut Fleet,
    folder: &Folder,
    report: &mut Report,
) -> anyhow::Result<()> {
    let devices: Vec<_> = fleet.devices().cloned().collect();
    let mut macs = Vec::new();
    for device in devices {
        macs.push(MacUnderTest::look(client, device, &folder.macsim()).await?);
    }
    for mac in &macs {
        report.step(
            format_args!("{}: is seen as it is", mac.name()),
            mac.is_seen_as_it_is(),
        )?;
        report.step(
            format_args!("{}: its security is seen as it is", mac.name()),
            security::is_seen_as_it_is(mac),
        )?;
        enrolment_data::is_known(mac, report).await?;
    }
    attention::lists_who_needs_a_person(client, &macs, report).await?;
    for mac in &macs {
        let name = mac.name().to_owned();
        if mac.is_out_of_reach() {
            requests::on_a_mac_out_of_reach(mac, report).await?;
            fleet.start_one(&name)?;
        }
        findings::before(mac, report).await?;
        recovery::before(mac, report).await?;
        match mac.situation()? {
            Situation::FileVaultOff => wildcards::grant(mac, report).await?,
            Situation::StrictPolicy => {
                wildcards::lacks_a_password(mac, report).await?;
                person::fills_in_the_page(mac, report).await?;
            }
            _ => {}
        }
        for attempt in expectation::attempts(mac.situation()?) {
            grants::attempt(mac, attempt, report).await?;
        }
        if mac.situation()? == Situation::Healthy {
            creating::with_a_token(mac, report).await?;
            looking_after::keeps_the_chain(mac, macs.len(), report).await?;
            restart::shows_whom(mac, "ben", fleet, report).await?;
        }
        findings::after(mac, report).await?;
    }
    enrolment_data::is_imported(client, &macs, report).await?;
    primary_users::are_listed(client, &macs, report).await?;
    bulk::reaches_all(client, &macs, report).await?;
    primary_users::are_fewer(client, &macs, report).await?;
    for mac in &macs {
        if mac.situation()? == Situation::FileVaultOff {
            service_account::lives(mac, fleet, report).await?;
        }
    }
    attention::forgets_what_is_mended(client, &macs, report).await?;
    requests::of_nobody(client, report).await?;
    audit::tells_of_everything(client, &macs, report).await
}
