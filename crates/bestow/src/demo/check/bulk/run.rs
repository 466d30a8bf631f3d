//! Asking for a bulk run, and reading what came of it.

use std::collections::BTreeMap;

use anyhow::{Context as _, bail};
use trust::bulk::Readiness;
use trust::code::Code;
use trust::id::{ActionId, BulkRunId};

use crate::client::{
    BulkActionOrder, BulkOrder, BulkRunView, CanaryOrder, Client, PasswordText, Selection, Watch,
};
use crate::demo::check::report::same;
use crate::demo::check::wildcards;

/// How long a Mac may take to begin, in seconds.
const VALID_FOR_S: u64 = 600;

/// What a plan tells of a device: its group, and why it is in it.
#[derive(Debug, PartialEq, Eq)]
pub struct Told {
    readiness: String,
    code: Option<String>,
}

impl Told {
    pub fn new(readiness: Readiness, code: Option<Code>) -> Self {
        Self {
            readiness: readiness.word().to_owned(),
            code: code.map(|code| code.word().to_owned()),
        }
    }
}

/// A grant by wildcards in every field; one device goes first.
pub fn order(selector: Selection) -> anyhow::Result<BulkOrder> {
    let mut action = BulkActionOrder::new(&wildcards::template()?);
    for (role, wildcard) in wildcards::passwords() {
        action.set_password(role, PasswordText::Wildcard(wildcard));
    }
    Ok(BulkOrder {
        selector,
        action,
        canary: Some(CanaryOrder::Count(1)),
        stop_at_failure_percent: None,
        in_flight: None,
        ready_at_most: None,
        not_before: None,
        valid_for_s: VALID_FOR_S,
        reason: Some("demo --check".to_owned()),
    })
}

/// The action that was accepted last.
pub async fn newest_action(client: &Client) -> anyhow::Result<Option<ActionId>> {
    let newest = client.actions(&[("limit", "1")]).await?.value;
    Ok(newest.items.first().map(|action| action.id))
}

/// What is planned for each device, by name.
pub async fn plan(client: &Client, order: &BulkOrder) -> anyhow::Result<BTreeMap<String, Told>> {
    let plan = client.bulk_plan(order, &[("limit", "500")]).await?.value;
    let told = |readiness, code| Told { readiness, code };
    let items = plan.items.into_iter();
    Ok(items
        .map(|one| (one.device_name, told(one.readiness, one.code)))
        .collect())
}

/// Asks for the run and waits until it has come to rest.
pub async fn run(client: &Client, order: &BulkOrder) -> anyhow::Result<BulkRunView> {
    let begun = client.send_bulk(order).await?.value;
    rests(client, begun.id).await
}

/// Lets a run that has stopped go on, and waits until it has come to rest again.
pub async fn go_on(client: &Client, id: BulkRunId) -> anyhow::Result<BulkRunView> {
    client.ask_bulk(id, "continue", Some("demo --check")).await?;
    rests(client, id).await
}

async fn rests(client: &Client, id: BulkRunId) -> anyhow::Result<BulkRunView> {
    let mut watch = Watch::open(client).await;
    loop {
        let run = client.bulk_run(id).await?.value;
        if run.has_come_to_rest() {
            return Ok(run);
        }
        watch.wait(|ring| ring.concerns_bulk_run(id)).await;
    }
}

/// The code of each device, by name: the list of the run's devices and its CSV tell the same.
pub async fn results(client: &Client, run: &BulkRunView) -> anyhow::Result<BTreeMap<String, String>> {
    let members = client
        .bulk_members(run.id, &[("limit", "500")])
        .await?
        .value
        .items;
    let mut results = BTreeMap::new();
    for member in members {
        let code = member.code.unwrap_or_default();
        if results.insert(member.device_name.clone(), code).is_some() {
            bail!("{} has two results", member.device_name);
        }
    }
    same(
        "in the CSV",
        in_csv(&client.bulk_results(run.id).await?)?,
        results.clone(),
    )?;
    Ok(results)
}

/// Name and code of each line. The names of the demo's Macs and the cells before the code need no quotes.
fn in_csv(text: &str) -> anyhow::Result<BTreeMap<String, String>> {
    let mut lines = text.lines();
    let head: Vec<_> = lines.next().context("there is no head")?.split(',').collect();
    let column = |name| {
        head.iter()
            .position(|cell| *cell == name)
            .context("a column is missing")
    };
    let (name, code) = (column("device_name")?, column("code")?);
    lines
        .map(|line| {
            let cells: Vec<_> = line.split(',').collect();
            let cell = |column: usize| cells.get(column).map(|cell| (*cell).to_owned());
            cell(name).zip(cell(code)).context("a line is too short")
        })
        .collect()
}
