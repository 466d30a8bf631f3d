//! Somebody breaks it, in each way there is. The Mac says which, and the next login of a holder mends it.

use anyhow::Context as _;
use macsim::model::crypto_user::CryptoUserKind;
use macsim::model::mac::Mac;
use macsim::rules::delete_account::delete_account;
use macsim::rules::inject_hash::inject_hash;
use macsim::rules::refusal::{Circumstances, Credentials};
use macsim::rules::revoke::expel;
use secrecy::{ExposeSecret as _, SecretString};

use super::super::mac::MacUnderTest;
use super::super::report::{Report, holds};
use super::{NAME, change, is_whole, log_in, stands, start_again};
use crate::demo::fleet::Fleet;

/// What a stranger sets.
const OTHER: &str = "a stranger's password 1";

/// The disk no longer takes its password; Open Directory does.
pub async fn of_the_disk_alone(
    mac: &MacUnderTest<'_>,
    fleet: &mut Fleet,
    report: &mut Report,
) -> anyhow::Result<()> {
    let ada = mac.password("ada");
    let broken = change(mac, |mac, _| set_disk(mac, &ada))?;
    holds("the disk takes another password", broken.is_some())?;
    is_mended(
        mac,
        fleet,
        report,
        "the disk refuses its password",
        &["disk_password"],
    )
    .await
}

/// The account, its token, its password, or its password on both sides.
pub async fn of_every_other_kind(
    mac: &MacUnderTest<'_>,
    fleet: &mut Fleet,
    report: &mut Report,
) -> anyhow::Result<()> {
    change(mac, set_local)??;
    let what = "Open Directory refuses its password";
    is_mended(mac, fleet, report, what, &["local_password"]).await?;

    let ada = mac.password("ada");
    let broken = change(mac, |mac, at| {
        set_disk(mac, &ada)?;
        set_local(mac, at).ok()
    })?;
    broken.context("set both passwords")?;
    let what = "both refuse its password";
    // The disk is not asked what Open Directory has refused: each of its failures counts for ever.
    is_mended(mac, fleet, report, what, &["local_password"]).await?;

    change(mac, |mac, _| expel(mac, NAME))?;
    is_mended(mac, fleet, report, "it has lost its token", &["no_token"]).await?;

    change(mac, |mac, _| delete_account(mac, NAME, true))??;
    is_mended(mac, fleet, report, "somebody has deleted it", &["missing"]).await
}

/// It is seen for what it is after a restart, and the next login of ada mends it.
async fn is_mended(
    mac: &MacUnderTest<'_>,
    fleet: &mut Fleet,
    report: &mut Report,
    what: &str,
    reasons: &[&str],
) -> anyhow::Result<()> {
    let name = mac.name().to_owned();
    start_again(mac, fleet).await?;
    let invalid = stands(mac, "Invalid", reasons).await;
    let seen = report.step(
        format_args!("{name}: {what}: it is invalid, and said to be easily recovered"),
        invalid,
    )?;
    holds("it is easily recovered", seen.easily_recovered)?;
    log_in(mac, "ada", &mac.password("ada")).await?;
    let valid = stands(mac, "Valid", &[]).await.map(drop);
    report.step(
        format_args!("{name}: {what}: the next login of ada makes it valid again"),
        valid,
    )?;
    is_whole(&mac.truth().await?)
}

fn set_local(mac: &mut Mac, at: Circumstances) -> Result<(), macsim::rules::refusal::Refusal> {
    let who = Credentials {
        name: NAME,
        password: OTHER,
    };
    inject_hash(mac, who, at)
}

/// Wraps its disk key by another password, with the key that ada opens.
fn set_disk(mac: &mut Mac, ada: &SecretString) -> Option<()> {
    let guid = |name| Some(mac.directory.user(name)?.guid().to_owned());
    let (holder, own) = (guid("ada")?, guid(NAME)?);
    let key = mac.volume.unlock(&holder, ada.expose_secret())?;
    mac.volume.admit(
        &own,
        CryptoUserKind::LocalOpenDirectory,
        key,
        OTHER,
        &mut mac.random,
    );
    Some(())
}
