//! Its password is lost; the agent is installed again over the top, and an administrator brings it back.

use agent::paths::Paths;
use agent::service_account::Custody;
use anyhow::Context as _;
use macsim::MacHome;
use secrecy::SecretString;
use trust::code::Code;
use trust::service_account::DeedKind;

use super::super::mac::MacUnderTest;
use super::super::report::{Report, same};
use super::{is_whole, stands};
use crate::demo::fleet::Fleet;

/// The keychain is emptied, a wrong password is refused, the right one is not.
pub async fn brings_it_back(
    mac: &MacUnderTest<'_>,
    fleet: &mut Fleet,
    report: &mut Report,
) -> anyhow::Result<()> {
    let name = mac.name().to_owned();
    fleet.stop_one(&name).await?;
    let paths = Paths::new(&MacHome::open(&mac.known.macsim).root(), None);
    let custody = Custody::open(&paths).context("open what the agent keeps")?;
    custody.passwords.clear().context("lose the password")?;
    fleet.start_one(&name)?;
    let lost = stands(mac, "Invalid", &["password_lost"]).await.map(drop);
    report.step(
        format_args!("{name}: the keychain has lost its password: it is invalid"),
        lost,
    )?;
    fleet.stop_one(&name).await?;
    let wrong = SecretString::from("not the password of ada");
    let taken = fleet.reinstall_one(&name, "ada", &wrong).await?;
    report.step(
        format_args!(
            "{name}: the agent is installed again over the top, and a wrong password of ada is refused"
        ),
        same("accepted", taken, false),
    )?;
    let taken = fleet.reinstall_one(&name, "ada", &mac.password("ada")).await?;
    report.step(
        format_args!("{name}: the right one is accepted"),
        same("accepted", taken, true),
    )?;
    fleet.start_one(&name)?;
    let valid = stands(mac, "Valid", &[]).await.map(drop);
    report.step(
        format_args!("{name}: the Mac is the device that it was, and its service account is valid"),
        valid,
    )?;
    let told = mac
        .settles(async |client| {
            let seen = client.service_account(mac.known.id).await?.value;
            let deed = seen.deeds.first();
            same(
                "what the agent did, and how it ended",
                deed.map(|deed| (deed.label.as_str(), deed.code.as_str())),
                Some((DeedKind::Reinstall.label(), Code::ServiceAccountRepaired.word())),
            )
        })
        .await;
    report.step(
        format_args!("{name}: the server tells that the agent was installed again"),
        told,
    )?;
    is_whole(&mac.truth().await?)
}
