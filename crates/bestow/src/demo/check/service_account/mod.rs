//! The service account of one Mac: awaited without alarm, in the way of a password policy, made at a login without a word, at work,
//! given a new password, broken in each way, and repaired; and brought back by installing the agent again.

mod birth;
mod faults;
mod login;
mod reinstall;
mod work;

use anyhow::Context as _;
use macsim::MacHome;
use macsim::model::clock::UnixMillis;
use macsim::model::mac::Mac;
use macsim::report::{Report as Truth, TrueToken};
use macsim::rules::refusal::Circumstances;

use super::mac::MacUnderTest;
use super::report::{Report, holds, same};
use crate::client::ServiceAccountView;
use crate::demo::fleet::Fleet;
use crate::edge;
use crate::output::note;
use login::log_in;

/// Its record name.
const NAME: &str = "_bestow";

/// Goes through its life.
pub async fn lives(mac: &MacUnderTest<'_>, fleet: &mut Fleet, report: &mut Report) -> anyhow::Result<()> {
    if login::socket(mac).is_none() {
        note(
            "The demo's folder has too long a path for a socket: the stories of the service account are left out.",
        );
        return Ok(());
    }
    birth::is_awaited(mac, report).await?;
    birth::is_foretold_to_fail(mac, fleet, report).await?;
    birth::comes_about(mac, report).await?;
    faults::of_the_disk_alone(mac, fleet, report).await?;
    work::hands_on(mac, report).await?;
    work::gets_a_new_password(mac, report).await?;
    faults::of_every_other_kind(mac, fleet, report).await?;
    reinstall::brings_it_back(mac, fleet, report).await
}

/// Waits until the server says that it stands like this, for these reasons.
async fn stands(mac: &MacUnderTest<'_>, label: &str, reasons: &[&str]) -> anyhow::Result<ServiceAccountView> {
    mac.settles(async |client| {
        let seen = client.service_account(mac.known.id).await?.value;
        same("status", seen.label.as_str(), label)?;
        let told: Vec<&str> = seen.reasons.iter().map(|reason| reason.reason.as_str()).collect();
        same("reasons", told.as_slice(), reasons)?;
        Ok(seen)
    })
    .await
}

/// It is there as it is meant to be: hidden from nobody but people, an administrator, with a token that opens the disk.
fn is_whole(truth: &Truth) -> anyhow::Result<()> {
    let own = truth.accounts.iter().find(|account| account.name == NAME);
    let own = own.context("the Mac has no service account")?;
    same("token", own.token, TrueToken::Usable)?;
    holds("it is an administrator", own.admin)
}

/// Starts the Mac again, and its agent with it.
async fn start_again(mac: &MacUnderTest<'_>, fleet: &mut Fleet) -> anyhow::Result<()> {
    fleet.stop_one(mac.name()).await?;
    mac.restart().await?;
    Ok(fleet.start_one(mac.name())?)
}

/// Does something to the Mac behind everybody's back.
fn change<T>(mac: &MacUnderTest<'_>, apply: impl FnOnce(&mut Mac, Circumstances) -> T) -> anyhow::Result<T> {
    let at = Circumstances {
        now: UnixMillis(edge::now().as_millis()),
    };
    Ok(MacHome::open(&mac.known.macsim).change(|mac| apply(mac, at))?)
}

/// Whether a finding with this code is shown.
async fn is_found(mac: &MacUnderTest<'_>, code: trust::code::Code) -> anyhow::Result<bool> {
    let findings = mac.client.findings(mac.known.id).await?.value.items;
    Ok(findings.iter().any(|finding| finding.code == code.word()))
}
