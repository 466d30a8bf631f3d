//! One order for all Macs: its plan in groups, a first Mac that fails and stops the run, the others after that, and a
//! result for each.

pub mod expected;
mod run;

use std::collections::BTreeMap;

use anyhow::Context as _;
use macsim::report::Report as Truth;
use secrecy::ExposeSecret as _;
use trust::bulk::Readiness;
use trust::code::Code;

use super::enrolment_data;
use super::grants::{failed_tries, handed_on, untouched};
use super::mac::MacUnderTest;
use super::report::{Report, same};
use crate::client::{BulkRunView, Client, Selection};
use crate::demo::people;
use expected::readiness;

/// Plans for all Macs, and carries out what is ready.
pub async fn reaches_all(
    client: &Client,
    macs: &[MacUnderTest<'_>],
    report: &mut Report,
) -> anyhow::Result<()> {
    let all = run::order(Selection {
        all: true,
        ..Selection::default()
    })?;
    let newest = run::newest_action(client).await?;
    let plan = run::plan(client, &all).await?;
    for mac in macs {
        let (lacks, code) = readiness(mac.situation()?);
        let why = code.map_or_else(String::new, |code| format!(" ({code})"));
        let told = plan.get(mac.name()).context("the Mac is missing from the plan");
        report.step(
            format_args!("{}: the plan for all Macs says {}{why}", mac.name(), lacks.word()),
            told.and_then(|told| same("group", told, &run::Told::new(lacks, code))),
        )?;
    }
    let after = run::newest_action(client).await?;
    report.step(
        format_args!("planning for all Macs sends nothing"),
        same("newest action", after, newest),
    )?;
    let mut ready = Vec::new();
    for mac in macs {
        if readiness(mac.situation()?).0 == Readiness::Ready {
            ready.push(mac);
        }
    }
    ready.sort_by_key(|mac| mac.name().to_lowercase());
    // A small demo has nobody to go first, or nobody to go on with.
    let [first, others @ ..] = ready.as_slice() else {
        return Ok(());
    };
    if others.is_empty() {
        return Ok(());
    }
    enrolment_data::collect_password(first, "the one before this one").await?;
    let before = truths(&ready).await?;
    let stopped = run::run(client, &all).await?;
    report.step(
        format_args!("{}: goes first, and its old password is refused", first.name()),
        same("refused", stopped.progress.refused, 1),
    )?;
    report.step(
        format_args!("that stops the run: the others are held, and untouched"),
        is_held(&stopped, others, &before).await,
    )?;
    let ended = run::go_on(client, stopped.id).await?;
    report.step(
        format_args!("somebody lets it go on, and it comes to its end"),
        same("state", ended.state.as_str(), "finished")
            .and_then(|()| same("succeeded", ended.progress.succeeded as usize, others.len())),
    )?;
    for mac in others {
        let account = person_of(mac)?;
        report.step(
            format_args!("{}: {account} holds a token, handed on once", mac.name()),
            was_granted(mac, account, &before[mac.name()]).await,
        )?;
    }
    let results = run::results(client, &ended).await?;
    report.step(
        format_args!("each of the {} Macs has one result, also in the CSV", macs.len()),
        compare_results(&results, macs, first.name()),
    )?;
    again(client, first, report).await
}

/// What failed is mended and asked for again, this time by the finding.
async fn again(client: &Client, mac: &MacUnderTest<'_>, report: &mut Report) -> anyhow::Result<()> {
    let account = person_of(mac)?;
    let password = mac.known.password(account).context("there is no password")?;
    enrolment_data::collect_password(mac, password.expose_secret()).await?;
    let before = mac.truth().await?;
    let by_finding = run::order(Selection {
        finding: Some(Code::PrimaryUserWithoutToken.word().to_owned()),
        ..Selection::default()
    })?;
    let ended = run::run(client, &by_finding).await?;
    report.step(
        format_args!("a second run, over the Macs with that finding, has one that is ready"),
        same("state", ended.state.as_str(), "finished")
            .and_then(|()| same("ready", ended.progress.ready, 1))
            .and_then(|()| same("succeeded", ended.progress.succeeded, 1)),
    )?;
    report.step(
        format_args!("{}: with the right password, {account} holds a token", mac.name()),
        was_granted(mac, account, &before).await,
    )
}

fn person_of(mac: &MacUnderTest<'_>) -> anyhow::Result<&'static str> {
    let person = people::person(mac.situation()?).context("nobody uses this Mac")?;
    Ok(person.local_account())
}

async fn truths<'a>(macs: &[&'a MacUnderTest<'_>]) -> anyhow::Result<BTreeMap<&'a str, Truth>> {
    let mut truths = BTreeMap::new();
    for mac in macs {
        truths.insert(mac.name(), mac.truth().await?);
    }
    Ok(truths)
}

async fn is_held(
    run: &BulkRunView,
    others: &[&MacUnderTest<'_>],
    before: &BTreeMap<&str, Truth>,
) -> anyhow::Result<()> {
    same("state", run.state.as_str(), "stopped")?;
    same("code", run.code.as_deref(), Some(Code::BulkTooManyFailed.word()))?;
    same("held", run.progress.held as usize, others.len())?;
    for mac in others {
        untouched(&before[mac.name()], &mac.truth().await?)?;
    }
    Ok(())
}

async fn was_granted(mac: &MacUnderTest<'_>, account: &str, before: &Truth) -> anyhow::Result<()> {
    let after = mac.truth().await?;
    handed_on(before, &after, account)?;
    same("failed tries", failed_tries(before, &after), Vec::new())
}

fn compare_results(
    results: &BTreeMap<String, String>,
    macs: &[MacUnderTest<'_>],
    first: &str,
) -> anyhow::Result<()> {
    same("lines", results.len(), macs.len())?;
    for mac in macs {
        let (_, code) = readiness(mac.situation()?);
        let expected = match code {
            _ if mac.name() == first => Code::TargetWrongPassword,
            None => Code::Granted,
            Some(code) => code,
        };
        let result = results.get(mac.name()).map(String::as_str);
        same(mac.name(), result, Some(expected.word()))?;
    }
    Ok(())
}
