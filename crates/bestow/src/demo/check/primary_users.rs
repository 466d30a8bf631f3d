//! The policy "token for primary users": whoever uses a Mac holds a token on it.

use std::collections::BTreeMap;

use macsim::model::volume::FileSystem;
use macsim::report::TrueToken;
use trust::bulk::Readiness;

use super::bulk::expected::readiness;
use super::mac::MacUnderTest;
use super::report::{Report, same};
use crate::client::Client;
use crate::demo::people;

/// The policy's name in the API.
const POLICY: &str = "token-for-primary-users";

/// Turns the policy on and compares its list with the Macs.
pub async fn are_listed(
    client: &Client,
    macs: &[MacUnderTest<'_>],
    report: &mut Report,
) -> anyhow::Result<()> {
    let off = client.policy(POLICY).await?.value;
    report.step(
        format_args!("the policy {POLICY} is off unless somebody turns it on"),
        same("enabled", off.enabled, false),
    )?;
    client.set_policy(POLICY, true, Some("demo --check")).await?;
    let count = expected(macs).await?.len();
    report.step(
        format_args!("the policy lists the {count} Macs whose person holds no token, and what a grant lacks"),
        compare(macs).await,
    )
}

/// Compares the list with the Macs again, after something was done about it, and turns the policy off.
pub async fn are_fewer(
    client: &Client,
    macs: &[MacUnderTest<'_>],
    report: &mut Report,
) -> anyhow::Result<()> {
    let count = expected(macs).await?.len();
    report.step(
        format_args!("the policy lists {count} Macs by now"),
        compare(macs).await,
    )?;
    client.set_policy(POLICY, false, Some("demo --check")).await?;
    let gone = macs[0].settles(async |client| same("Macs", listed(client).await?.len(), 0));
    report.step(format_args!("without the policy nobody is listed"), gone.await)
}

async fn compare(macs: &[MacUnderTest<'_>]) -> anyhow::Result<()> {
    let expected = expected(macs).await?;
    macs[0]
        .settles(async |client| same("Macs", listed(client).await?, expected.clone()))
        .await
}

/// The Macs that the policy lists, with what a grant lacks there.
async fn listed(client: &Client) -> anyhow::Result<BTreeMap<String, String>> {
    let listed = client
        .primary_users_without_token(&[("limit", "500")])
        .await?
        .value;
    let item = |one: crate::client::WithoutToken| (one.device_name, one.readiness);
    Ok(listed.items.into_iter().map(item).collect())
}

/// The Macs whose person holds no token, by the simulator's word. Where macOS knows no tokens nobody lacks one.
async fn expected(macs: &[MacUnderTest<'_>]) -> anyhow::Result<BTreeMap<String, String>> {
    let mut expected = BTreeMap::new();
    for mac in macs {
        let Some(person) = people::person(mac.situation()?) else {
            continue;
        };
        let truth = mac.truth().await?;
        let account = truth
            .accounts
            .iter()
            .find(|account| account.name == person.local_account());
        let holds = account.is_some_and(|account| account.token == TrueToken::Usable);
        if holds || truth.file_system != FileSystem::Apfs {
            continue;
        }
        // Nobody has typed a password yet.
        let lacks = match readiness(mac.situation()?) {
            (Readiness::Ready, _) => Readiness::NeedsCredential,
            (lacks, _) => lacks,
        };
        expected.insert(mac.name().to_owned(), lacks.word().to_owned());
    }
    Ok(expected)
}
