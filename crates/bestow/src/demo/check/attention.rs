//! The list of Macs that need a person: who stands in it and why, what is muted and assigned, and who leaves it.

use std::time::Duration;

use anyhow::Context as _;
use macsim::scenario::Situation;
use trust::code::Code;
use trust::finding::Severity;

use super::findings::expected;
use super::mac::MacUnderTest;
use super::report::{Report, holds, same};
use crate::client::{AttentionView, Client, DeviceSummary, MuteOrder};
use crate::edge;

/// With no days of grace, each Mac with a problem is listed by it; one of them is muted, assigned and taken back.
pub async fn lists_who_needs_a_person(
    client: &Client,
    macs: &[MacUnderTest<'_>],
    report: &mut Report,
) -> anyhow::Result<()> {
    report.step(
        format_args!("a Mac that has just enrolled is left in peace"),
        listed(client, &[])
            .await
            .and_then(|macs| same("Macs listed", macs.len(), 0)),
    )?;
    client
        .set_needs_attention_policy(0, Some("the demo's Macs are new"))
        .await?;
    for mac in macs {
        for (code, _) in expected(mac.situation()?) {
            let is_problem = matches!(Severity::of(*code), Some(Severity::Critical | Severity::Problem));
            let found = mac
                .settles(async |client| {
                    let listed = listed(client, &[("reason", code.word())]).await?;
                    same(
                        "listed",
                        listed.iter().any(|one| one.id == mac.known.id),
                        is_problem,
                    )
                })
                .await;
            report.step(
                format_args!("{}: {code} is a reason as its severity says", mac.name()),
                found,
            )?;
        }
    }
    let broken = of(macs, Situation::NoHolder)?;
    let attention = listed(client, &[("reason", Code::ChainBroken.word())]).await?;
    let attention = find(&attention, broken)?.attention.clone();
    report.step(
        format_args!("{}: the way to recovery is what is cheapest", broken.name()),
        remedy(&attention).and_then(|remedy| same("remedy", remedy, "recovery".to_owned())),
    )?;
    mutes_and_assigns(client, broken, report).await
}

async fn mutes_and_assigns(
    client: &Client,
    mac: &MacUnderTest<'_>,
    report: &mut Report,
) -> anyhow::Result<()> {
    let order = MuteOrder {
        until: edge::now().plus(Duration::from_secs(3_600)),
        reason: "on loan".to_owned(),
        code: None,
    };
    let id = mac.known.id;
    let is_in = async |query: &[(&str, &str)]| -> anyhow::Result<bool> {
        Ok(listed(client, query).await?.iter().any(|one| one.id == id))
    };
    let muted = client.mute(id, &order).await?.value;
    report.step(
        format_args!("{}: it is muted", mac.name()),
        same("standing", muted.standing.as_str(), "muted"),
    )?;
    let apart = (is_in(&[]).await?, is_in(&[("muted", "true")]).await?);
    report.step(
        format_args!("{}: what is muted is listed apart", mac.name()),
        same("listed, muted", apart, (false, true)),
    )?;
    client.unmute(id, None).await?;
    report.step(
        format_args!("{}: it is back when the mute is taken away", mac.name()),
        same("listed", is_in(&[]).await?, true),
    )?;
    client.assign(id, Some("desk 4"), None).await?;
    report.step(
        format_args!("{}: it is found by its owner", mac.name()),
        same("listed", is_in(&[("owner", "desk 4")]).await?, true),
    )
}

/// At the end, a Mac that was mended has the reason no more.
pub async fn forgets_what_is_mended(
    client: &Client,
    macs: &[MacUnderTest<'_>],
    report: &mut Report,
) -> anyhow::Result<()> {
    let mended = of(macs, Situation::StandardHolderOnly)?;
    let still = listed(client, &[("reason", Code::NoGranter.word())]).await?;
    report.step(
        format_args!("{}: it is no longer listed for what was mended", mended.name()),
        holds("it is gone", still.iter().all(|one| one.id != mended.known.id)),
    )?;
    let counts = client.needs_attention().await?.value;
    let all = listed(client, &[]).await?;
    report.step(
        format_args!("as many Macs are counted as are listed"),
        same("Macs", counts.devices, u64::try_from(all.len())?),
    )
}

async fn listed(client: &Client, query: &[(&str, &str)]) -> anyhow::Result<Vec<DeviceSummary>> {
    let all = [("needs_attention", "true"), ("limit", "500")];
    let query = [&all[..], query].concat();
    Ok(client.devices(&query).await?.value.items)
}

fn of<'m, 'a>(macs: &'m [MacUnderTest<'a>], situation: Situation) -> anyhow::Result<&'m MacUnderTest<'a>> {
    macs.iter()
        .find(|mac| mac.situation().ok() == Some(situation))
        .context("the demo has no such Mac")
}

fn find<'d>(devices: &'d [DeviceSummary], mac: &MacUnderTest<'_>) -> anyhow::Result<&'d DeviceSummary> {
    let found = devices.iter().find(|device| device.id == mac.known.id);
    found.with_context(|| format!("{} is not listed", mac.name()))
}

fn remedy(attention: &AttentionView) -> anyhow::Result<String> {
    attention.remedy.clone().context("there is no remedy")
}
