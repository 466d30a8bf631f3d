//! A device as the API shows it.

use serde::Serialize;
use store::device::{Device, NOT_OBSERVED};
use store::finding::FindingCounts;
use trust::attention::Grace;
use trust::id::DeviceId;
use trust::time::Timestamp;
use utoipa::ToSchema;

use crate::app::App;
use crate::attention::view::AttentionView;

/// A device in a line.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub(crate) struct DeviceSummary {
    /// Its id.
    #[schema(value_type = String, format = "uuid")]
    pub id: DeviceId,
    /// The computer's name.
    pub name: String,
    /// Serial number.
    pub serial_number: String,
    /// The platform UUID, upper case.
    pub hardware_uuid: String,
    /// Model identifier, such as `Mac14,2`.
    pub model: Option<String>,
    /// Processor family: `apple_silicon` or `intel`.
    pub chip: Option<String>,
    /// Version of macOS.
    pub os_version: Option<String>,
    /// Build of macOS.
    pub os_build: Option<String>,
    /// How the boot volume is formatted: `apfs`, `hfs`, `core_storage`, or the tool's own word.
    pub volume_format: Option<String>,
    /// `off`, `on`, `encrypting`, `decrypting` or `deferred`.
    pub filevault: Option<String>,
    /// What the chain of trust is worth: `can_grant`, `only_standard_holders`, `broken`, `unknown` or `not_observed`.
    pub chain: String,
    /// How many accounts hold a token.
    pub holders: u64,
    /// How many accounts there are.
    pub accounts: u64,
    /// How its service account stands: `valid`, `invalid`, `awaiting_first_login`, `unknown` or `not_wanted`.
    pub service_account: String,
    /// Whether a service account that is invalid can be had back without a visit.
    pub easily_recovered: bool,
    /// How many findings it has.
    pub findings: FindingCountsView,
    /// Why it needs attention, and what is done about it.
    pub attention: AttentionView,
    /// Whether its agent is connected.
    pub online: bool,
    /// Whether it waits for approval; nothing can be asked of it until then.
    pub pending: bool,
    /// Version of its agent.
    pub agent_version: String,
    /// When it enrolled.
    pub enrolled_at: Timestamp,
    /// When its agent was last heard of.
    pub last_seen_at: Option<Timestamp>,
    /// When its last observation came.
    pub observed_at: Option<Timestamp>,
    /// Fingerprint of the key that secrets for it are sealed to. `bestow-agent status` prints the same on the Mac.
    pub key_fingerprint: String,
}

/// How many findings a device has, by severity.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, ToSchema)]
pub(crate) struct FindingCountsView {
    /// Something does not work, and gets worse by itself.
    pub critical: u64,
    /// Something does not work for somebody.
    pub problem: u64,
    /// All works; something could be better.
    pub advice: u64,
}

impl From<FindingCounts> for FindingCountsView {
    fn from(counts: FindingCounts) -> Self {
        Self {
            critical: counts.critical,
            problem: counts.problem,
            advice: counts.advice,
        }
    }
}

impl DeviceSummary {
    /// The device as it is now, when new ones are left in peace for `grace`.
    pub(crate) fn of(device: &Device, app: &App, grace: Grace) -> Self {
        let observed = device.observed.as_ref();
        let summary = observed.map(|observed| observed.summary.clone());
        let chain = summary
            .as_ref()
            .map_or_else(|| NOT_OBSERVED.to_owned(), |summary| summary.chain.clone());
        let (holders, accounts) = summary
            .as_ref()
            .map_or((0, 0), |summary| (summary.holders, summary.accounts));
        let [model, chip, os_version, os_build, volume_format, filevault] =
            summary.map_or([const { None }; 6], |summary| {
                [
                    summary.model,
                    summary.chip,
                    summary.os_version,
                    summary.os_build,
                    summary.volume_format,
                    summary.filevault,
                ]
            });
        Self {
            id: device.id,
            name: device.name.clone(),
            serial_number: device.serial_number.clone(),
            hardware_uuid: device.hardware_uuid.clone(),
            model,
            chip,
            os_version,
            os_build,
            volume_format,
            filevault,
            chain,
            holders,
            accounts,
            service_account: device.service_account.clone(),
            easily_recovered: device.easily_recovered,
            findings: device.findings.into(),
            attention: AttentionView::of(device, grace, app.now()),
            online: app.is_online(device),
            pending: device.pending,
            agent_version: device.agent_version.clone(),
            enrolled_at: device.enrolled_at,
            last_seen_at: app.last_seen(device),
            observed_at: observed.map(|observed| observed.at),
            key_fingerprint: device.sealing_key.fingerprint(),
        }
    }
}
