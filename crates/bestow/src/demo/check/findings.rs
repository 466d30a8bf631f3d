//! What is said to be wrong with each Mac, and that the ready-made cure cures.

use anyhow::Context as _;
use macsim::scenario::Situation;
use trust::action::{Action, GrantSecureToken};
use trust::code::Code;

use super::grants;
use super::mac::MacUnderTest;
use super::report::{Report, holds, same};
use crate::client::{Client, FindingView};

/// Findings that a Mac in this situation must have, with the accounts that they name, before anything is done to it.
/// Written from what is set up, not from what is diagnosed.
pub fn expected(situation: Situation) -> &'static [(Code, Option<&'static str>)] {
    match situation {
        Situation::Healthy | Situation::Intel1015 | Situation::Offline | Situation::StrictPolicy => {
            &[(Code::MissingFromStartUpScreen, Some("ben"))]
        }
        Situation::NoHolder => &[(Code::ChainBroken, None)],
        Situation::StandardHolderOnly => &[(Code::NoGranter, None)],
        Situation::MacOs1012 => &[(Code::OsTooOld, None)],
        Situation::FileVaultOff | Situation::SetupAssistantOnly => &[(Code::OnlyOneHolder, Some("ada"))],
        Situation::AdeAdminSecond => &[(Code::AutomatedAdminWithoutToken, Some("ladmin"))],
        // That a token is dead shows only when its password was tried.
        Situation::DeadToken => &[],
        Situation::Hfs | Situation::CoreStorage => &[(Code::VolumeNotApfs, None)],
        Situation::NoFullDiskAccess => &[(Code::FullDiskAccessMissing, None)],
    }
}

/// Compares what the server finds with what must be found.
pub async fn before(mac: &MacUnderTest<'_>, report: &mut Report) -> anyhow::Result<()> {
    for (code, account) in expected(mac.situation()?) {
        let found = mac
            .settles(async |client| find(client, mac, *code, *account).await)
            .await;
        report.step(format_args!("{}: the finding {code} is shown", mac.name()), found)?;
        let listed = is_listed(mac, *code).await;
        report.step(
            format_args!("{}: it is listed among the Macs with {code}", mac.name()),
            listed,
        )?;
    }
    if mac.situation()? == Situation::AdeAdminSecond {
        let found = find(mac.client, mac, Code::AutomatedAdminWithoutToken, Some("ladmin")).await?;
        report.step(
            format_args!("{}: the finding names the first holder, ben", mac.name()),
            holds("ben is named", found.evidence.contains("ben")),
        )?;
    }
    Ok(())
}

/// What must be found when everything was tried.
pub async fn after(mac: &MacUnderTest<'_>, report: &mut Report) -> anyhow::Result<()> {
    let what = mac.name().to_owned();
    match mac.situation()? {
        Situation::DeadToken => {
            let dead = mac
                .settles(async |client| find(client, mac, Code::TokenUnusable, Some("cleo")).await)
                .await;
            report.step(
                format_args!("{what}: once it was tried, cleo's token is found unusable"),
                dead.map(drop),
            )
        }
        Situation::Healthy => {
            let gone = mac
                .settles(async |client| {
                    let findings = client.findings(mac.known.id).await?.value.items;
                    let missing = Code::MissingFromStartUpScreen.word();
                    same("findings", findings.iter().any(|one| one.code == missing), false)
                })
                .await;
            report.step(
                format_args!("{what}: nobody is missing from the start-up screen any more"),
                gone,
            )
        }
        Situation::StandardHolderOnly => ready_made_grant(mac, report).await,
        _ => Ok(()),
    }
}

/// The only holder is a standard account: the ready-made grant makes it an administrator for the moment, and only for it.
async fn ready_made_grant(mac: &MacUnderTest<'_>, report: &mut Report) -> anyhow::Result<()> {
    let what = mac.name().to_owned();
    let finding = find(mac.client, mac, Code::NoGranter, None).await?;
    let remedy = finding.remedies.first().context("there is no way out")?;
    let Action::GrantSecureToken(grant) = serde_json::from_value(remedy.action.clone())? else {
        anyhow::bail!("the way out is no grant: {remedy:?}");
    };
    let expected = GrantSecureToken {
        administrator: "ben".parse()?,
        target: "ada".parse()?,
        promote_administrator: true,
    };
    report.step(
        format_args!("{what}: the way out is a grant by ben, who becomes an administrator for the moment"),
        same("action", &grant, &expected),
    )?;
    let action = grants::carry_out(mac, &grant).await;
    report.step(
        format_args!("{what}: the ready-made grant ends as granted"),
        action.and_then(|action| same("code", action.code.as_deref(), Some("granted"))),
    )?;
    let truth = mac.truth().await?;
    let account = |name: &str| truth.accounts.iter().find(|account| account.name == name);
    report.step(
        format_args!("{what}: ben is a standard account again"),
        same("administrator", account("ben").map(|ben| ben.admin), Some(false)),
    )?;
    let whole = mac
        .settles(async |client| {
            let findings = client.findings(mac.known.id).await?.value.items;
            let broken = [Code::NoGranter.word(), Code::DemotionUnproved.word()];
            let still = findings.iter().any(|one| broken.contains(&one.code.as_str()));
            same("findings of a broken chain", still, false)?;
            let chain = client.chain(mac.known.id).await?.value;
            same("chain", chain.health.as_str(), "can_grant")
        })
        .await;
    report.step(format_args!("{what}: the chain is whole again"), whole)
}

async fn find(
    client: &Client,
    mac: &MacUnderTest<'_>,
    code: Code,
    account: Option<&str>,
) -> anyhow::Result<FindingView> {
    let findings = client.findings(mac.known.id).await?.value.items;
    let is_it = |finding: &&FindingView| finding.code == code.word() && finding.account.as_deref() == account;
    let found = findings.iter().find(is_it).cloned();
    found.with_context(|| format!("no {code} among {findings:?}"))
}

async fn is_listed(mac: &MacUnderTest<'_>, code: Code) -> anyhow::Result<()> {
    let query = [("finding", code.word()), ("limit", "500")];
    let listed = mac.client.devices(&query).await?.value.items;
    let own = listed.iter().find(|device| device.id == mac.known.id);
    let counted = own.is_some_and(|device| device.findings.any());
    same("listed, and counted", counted, true)
}
