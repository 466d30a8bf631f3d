//! The audit log tells of everything that was done.

use std::collections::BTreeMap;

use anyhow::Context as _;

use super::mac::MacUnderTest;
use super::report::{Report, same};
use crate::client::{AuditEntry, Client};

/// Compares the log with the lists of devices and actions.
pub async fn tells_of_everything(
    client: &Client,
    macs: &[MacUnderTest<'_>],
    report: &mut Report,
) -> anyhow::Result<()> {
    let entries = whole_log(client).await?;
    let enrolled = entries
        .iter()
        .filter(|entry| entry.verb == "device.enrolled")
        .count();
    report.step(
        format_args!("the audit log tells of every enrolment"),
        same("enrolments", enrolled, macs.len()),
    )?;
    let compared = compare_ends(client, &entries).await;
    let actions = report.step(
        format_args!("the audit log tells of every action, who asked and how it ended"),
        compared,
    )?;
    report.step(format_args!("the audit log has no gap"), no_gap(&entries))?;
    same("some actions were sent", actions > 0, true)
}

async fn whole_log(client: &Client) -> anyhow::Result<Vec<AuditEntry>> {
    let mut entries = Vec::new();
    let mut cursor = None;
    loop {
        let query: Vec<_> = cursor
            .iter()
            .map(|cursor: &String| ("cursor", cursor.as_str()))
            .collect();
        let page = client.audit(&query).await?.value;
        entries.extend(page.items);
        match page.next_cursor {
            Some(next) => cursor = Some(next),
            None => return Ok(entries),
        }
    }
}

async fn compare_ends(client: &Client, entries: &[AuditEntry]) -> anyhow::Result<usize> {
    let mut verbs: BTreeMap<&str, Vec<&str>> = BTreeMap::new();
    for entry in entries {
        let subject = entry.subject.as_deref().unwrap_or_default();
        verbs.entry(subject).or_default().push(&entry.verb);
    }
    let mut cursor = None;
    let mut compared = 0;
    loop {
        let query: Vec<_> = cursor
            .iter()
            .map(|cursor: &String| ("cursor", cursor.as_str()))
            .collect();
        let page = client.actions(&query).await?.value;
        for action in &page.items {
            let id = action.id.to_string();
            let told = verbs
                .get(id.as_str())
                .with_context(|| format!("nothing is told of action {id}"))?;
            for verb in ["action.accepted".to_owned(), format!("action.{}", action.state)] {
                let times = told.iter().filter(|told| **told == verb).count();
                same(format_args!("{verb} of {id}"), times, 1)?;
            }
            compared += 1;
        }
        match page.next_cursor {
            Some(next) => cursor = Some(next),
            None => return Ok(compared),
        }
    }
}

fn no_gap(entries: &[AuditEntry]) -> anyhow::Result<()> {
    for pair in entries.windows(2) {
        same("number before", pair[1].seq, pair[0].seq - 1)?;
    }
    Ok(())
}
