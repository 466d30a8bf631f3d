//! What was diagnosed from the last observation of each device: enough to filter and count by. The whole of a finding is
//! diagnosed anew when it is shown.

use sqlx::AnyConnection;
use trust::code::Code;
use trust::finding::Severity;
use trust::id::{DeviceId, OrganizationId};
use trust::service_account::Settings;

use crate::row::Row;
use crate::{Result, Store};

/// A finding as it is kept.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct KeptFinding {
    /// What it is.
    pub code: Code,
    /// How bad it is.
    pub severity: Severity,
    /// The account that it is about; `None` when it is about the Mac.
    pub account: Option<String>,
}

/// What is kept of the service account's status, for lists and filters.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct KeptServiceAccount {
    /// Its word; empty counts as unknown.
    pub status: String,
    /// The class that it belongs to, such as [`EASILY_RECOVERED`]; empty for none.
    pub class: String,
    /// The settings that it was judged by.
    pub settings: Settings,
}

/// The class of service accounts that are invalid on a Mac on which an administrator holds a token.
pub const EASILY_RECOVERED: &str = "easily_recovered";

/// How many findings a device has, by severity.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct FindingCounts {
    /// Critical ones.
    pub critical: u64,
    /// Problems.
    pub problem: u64,
    /// Advice.
    pub advice: u64,
}

impl FindingCounts {
    /// Counts them.
    pub fn of(findings: &[KeptFinding]) -> Self {
        let mut counts = Self::default();
        for finding in findings {
            match finding.severity {
                Severity::Critical => counts.critical += 1,
                Severity::Problem => counts.problem += 1,
                Severity::Advice => counts.advice += 1,
                Severity::Info => {}
            }
        }
        counts
    }
}

/// The findings of a device, by code and account.
pub async fn list(store: &Store, device_id: DeviceId) -> Result<Vec<KeptFinding>> {
    let rows = sqlx::query(
        "SELECT code, severity, account FROM finding WHERE device_id = $1 ORDER BY code, account, severity",
    )
    .bind(device_id.to_string())
    .fetch_all(store.readers())
    .await?;
    rows.iter()
        .map(|row| {
            let row = Row::new("finding", row);
            Ok(KeptFinding {
                code: row.word("code", Code::from_word)?,
                severity: row.word("severity", Severity::from_word)?,
                account: row.optional_text("account")?,
            })
        })
        .collect()
}

/// Puts findings in the place of those before, as part of a transaction. The device's row and its place in the index of
/// words are up to date.
pub(crate) async fn replace_in(
    tx: &mut AnyConnection,
    organization_id: OrganizationId,
    device_id: DeviceId,
    findings: &[KeptFinding],
    service_account: &KeptServiceAccount,
) -> Result<()> {
    sqlx::query("DELETE FROM finding WHERE device_id = $1")
        .bind(device_id.to_string())
        .execute(&mut *tx)
        .await?;
    for (index, finding) in findings.iter().enumerate() {
        let of_its_code = |other: &KeptFinding| other.code == finding.code;
        let is_first = !findings[..index].iter().any(of_its_code);
        sqlx::query(
            "INSERT INTO finding (organization_id, device_id, code, severity, account, is_first, sort_name, chain) \
             SELECT $1, $2, $3, $4, $5, $6, device.sort_name, device.chain FROM device WHERE device.id = $2",
        )
        .bind(organization_id.to_string())
        .bind(device_id.to_string())
        .bind(finding.code.word())
        .bind(finding.severity.word())
        .bind(finding.account.clone())
        .bind(i64::from(is_first))
        .execute(&mut *tx)
        .await?;
    }
    let counts = FindingCounts::of(findings);
    let number = |count: u64| i64::try_from(count).unwrap_or(i64::MAX);
    sqlx::query(
        "UPDATE device SET critical_findings = $2, problem_findings = $3, advice_findings = $4, \
         service_account = $5, service_account_class = $6 WHERE id = $1",
    )
    .bind(device_id.to_string())
    .bind(number(counts.critical))
    .bind(number(counts.problem))
    .bind(number(counts.advice))
    .bind(match service_account.status.as_str() {
        "" => "unknown",
        word => word,
    })
    .bind(service_account.class.as_str())
    .execute(tx)
    .await?;
    Ok(())
}

/// How many devices of the organisation have a finding of this code.
pub async fn count(store: &Store, organization_id: OrganizationId, code: Code) -> Result<u64> {
    let row = sqlx::query(
        "SELECT COUNT(*) AS devices FROM finding WHERE organization_id = $1 AND code = $2 AND is_first = 1",
    )
    .bind(organization_id.to_string())
    .bind(code.word())
    .fetch_one(store.readers())
    .await?;
    Row::new("finding", &row).count("devices")
}
