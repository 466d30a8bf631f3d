//! Who uses which Mac: what was imported is known, and a table is taken as a whole or not at all.

use anyhow::{Context as _, bail};
use zeroize::Zeroizing;

use super::mac::MacUnderTest;
use super::report::{Report, same};
use crate::client::{Client, ClientError, EnrolmentRecordView, ImportView};
use crate::demo::people::{self, line};

/// Longer than any table of these stories: what a table is written to must not grow.
const LONGEST: usize = 1024 * 1024;

/// A Mac that has not come yet.
const NOT_ENROLLED: &str = "C02NOTYETHERE";

/// Compares what is known of a Mac's person with what was imported when the demo began.
pub async fn is_known(mac: &MacUnderTest<'_>, report: &mut Report) -> anyhow::Result<()> {
    let name = mac.name().to_owned();
    let known = match record(mac).await {
        Ok(record) => Some(record),
        Err(ClientError::Problem(problem)) if problem.status == 404 => None,
        Err(other) => return Err(other.into()),
    };
    let Some(person) = people::person(mac.situation()?) else {
        let nobody = same("record", known.is_some(), false);
        return report.step(format_args!("{name}: nobody is known to use it"), nobody);
    };
    let told = known.context("nobody is known to use it");
    let compared = told.and_then(|known| {
        same("user name", known.username.as_deref(), Some(person.username))?;
        same("name", known.full_name.as_deref(), Some(person.full_name))?;
        same("e-mail", known.email.as_deref(), Some(person.email().as_str()))?;
        same(
            "account",
            known.bound_account.as_deref(),
            Some(person.local_account()),
        )?;
        let mut secrets: Vec<_> = known
            .secrets
            .iter()
            .map(|secret| (secret.attribute.as_str(), secret.state.as_str()))
            .collect();
        secrets.sort_unstable();
        let mut collected = vec![("admin_password", "ready")];
        collected.extend(person.password_is_collected.then_some(("password", "ready")));
        same("secrets", secrets, collected)
    });
    report.step(
        format_args!(
            "{name}: {} is known to use it, with what was collected",
            person.full_name
        ),
        compared,
    )
}

/// Imports a table with bad lines, of which nothing is taken, and then a good one.
pub async fn is_imported(
    client: &Client,
    macs: &[MacUnderTest<'_>],
    report: &mut Report,
) -> anyhow::Result<()> {
    let first = &macs[0].known.serial_number;
    let bad = table(|text| {
        line(text, ["serial_number", "email", "department"]);
        line(text, [first, "", "Optics"]);
        line(text, ["no serial number", "", "Optics"]);
        line(text, ["C02OTHER", "nobody at all", "Optics"]);
        line(text, [first, "", "Acoustics"]);
    });
    let before = record(&macs[0]).await?;
    let refused = import(client, bad).await;
    report.step(
        format_args!("a table with bad lines is refused, each with its line and column"),
        names_lines(
            refused,
            &[(3, "serial_number"), (4, "email"), (5, "serial_number")],
        ),
    )?;
    let after = record(&macs[0]).await?;
    report.step(
        format_args!("nothing of it was taken"),
        same("attributes", &after.attributes, &before.attributes),
    )?;
    let good = table(|text| {
        line(text, ["serial_number", "username", "password", "department"]);
        for mac in macs {
            line(text, [&mac.known.serial_number, "", "", "Optics"]);
        }
        line(text, [NOT_ENROLLED, "tamsin", "of a Mac to come", "Optics"]);
    });
    let known = macs.len() - unknown(macs)?;
    let taken = import(client, good).await;
    report.step(
        format_args!("a good table is taken: Macs that are there change, one that has not come yet is kept"),
        taken.map_err(anyhow::Error::from).and_then(|taken| {
            same("records made", taken.created, 1 + unknown(macs)?)?;
            same("records changed", taken.changed, known)?;
            same("Macs that have not enrolled", taken.not_enrolled, 1)?;
            same("secrets", taken.secrets, 1)
        }),
    )?;
    let waiting = client.enrolment_record(NOT_ENROLLED).await?.value;
    let state = waiting.secrets.first().map(|secret| secret.state.as_str());
    report.step(
        format_args!("its password waits under the vault's key"),
        same("state", state, Some("waits_for_mac")),
    )
}

/// Says with which password the Mac's person logs in.
pub async fn collect_password(mac: &MacUnderTest<'_>, password: &str) -> anyhow::Result<()> {
    let text = table(|text| {
        line(text, ["serial_number", "password"]);
        line(text, [&mac.known.serial_number, password]);
    });
    let taken = import(mac.client, text).await?;
    same("secrets", taken.secrets, 1)
}

/// How many of these Macs nobody is known to use.
fn unknown(macs: &[MacUnderTest<'_>]) -> anyhow::Result<usize> {
    let mut count = 0;
    for mac in macs {
        count += usize::from(people::person(mac.situation()?).is_none());
    }
    Ok(count)
}

fn table(write: impl FnOnce(&mut Vec<u8>)) -> Zeroizing<Vec<u8>> {
    let mut text = Zeroizing::new(Vec::with_capacity(LONGEST));
    write(&mut text);
    text
}

async fn import(client: &Client, text: Zeroizing<Vec<u8>>) -> Result<ImportView, ClientError> {
    Ok(client.import_enrolment_records(text, &[]).await?.value)
}

async fn record(mac: &MacUnderTest<'_>) -> Result<EnrolmentRecordView, ClientError> {
    Ok(mac.client.enrolment_record(&mac.known.serial_number).await?.value)
}

fn names_lines(result: Result<ImportView, ClientError>, expected: &[(u64, &str)]) -> anyhow::Result<()> {
    let problem = match result {
        Err(ClientError::Problem(problem)) => problem,
        Err(other) => return Err(other.into()),
        Ok(_) => bail!("expected a refusal"),
    };
    same("code", problem.code.as_deref(), Some("import_refused"))?;
    let told: Vec<_> = problem
        .bad_lines
        .iter()
        .map(|bad| (bad.line, bad.column.as_deref().unwrap_or_default()))
        .collect();
    same("lines", told.as_slice(), expected)
}
