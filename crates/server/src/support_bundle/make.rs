//! Putting the bundle together.

use std::collections::BTreeMap;

use store::action::Filter;
use store::attention::Counts;
use store::device::{Device, Page};
use trust::id::{DeviceId, OrganizationId};
use trust::observation::Observation;
use trust::{chain, resilience};

use super::pseudonyms::{Pseudonyms, plain};
use super::view::{BundleAccount, BundleAction, BundleEntry, BundleFinding, BundleMac, SupportBundle};
use crate::app::App;
use crate::problem::Problem;

/// How the bundle is laid out.
const FORMAT: u32 = 1;

/// The most Macs, actions and entries of the audit log that a bundle has.
const MACS: u32 = 50;
const ACTIONS: u32 = 200;
const ENTRIES: u32 = 500;

const NAMES: &str = "Accounts, people, tokens and Macs go by numbers that are good in this bundle alone. Serial numbers, addresses, \
                     reasons, details, keys and passwords are not in it.";

/// The bundle of an organisation, about one Mac where one is named.
pub(super) async fn bundle(
    app: &App,
    organization_id: OrganizationId,
    of: Option<Device>,
) -> Result<SupportBundle, Problem> {
    let mut names = Pseudonyms::default();
    let now = app.now();
    let counts = counts(app, organization_id).await?;
    let device_id = of.as_ref().map(|device| device.id);
    let devices = match of {
        Some(device) => vec![device],
        None => devices(app, organization_id).await?,
    };
    let mut macs = Vec::with_capacity(devices.len());
    for device in devices {
        macs.push(mac(app, &device, &mut names).await?);
    }
    Ok(SupportBundle {
        format: FORMAT,
        names: NAMES,
        version: env!("CARGO_PKG_VERSION"),
        made_at: now,
        needs_attention: counts.reasons.into_iter().collect::<BTreeMap<_, _>>(),
        macs,
        actions: actions(app, organization_id, device_id, &mut names).await?,
        audit: entries(app, organization_id, device_id, &mut names).await?,
    })
}

async fn counts(app: &App, organization_id: OrganizationId) -> Result<Counts, Problem> {
    let now = app.now();
    let grace = crate::attention::grace(app, organization_id).await?;
    Ok(store::attention::counts(&app.store, organization_id, grace.ends_for(now), now).await?)
}

/// Those that need attention come first.
async fn devices(app: &App, organization_id: OrganizationId) -> Result<Vec<Device>, Problem> {
    let page = Page {
        limit: 500,
        ..Page::default()
    };
    let mut devices = store::device::list(&app.store, organization_id, &page).await?;
    devices.sort_by_key(|device| device.attention.reasons.is_empty());
    devices.truncate(MACS as usize);
    Ok(devices)
}

async fn mac(app: &App, device: &Device, names: &mut Pseudonyms) -> Result<BundleMac, Problem> {
    let kept = store::resilience::kept(&app.store, device.organization_id, &device.serial_number).await?;
    let seen = store::observation::find(&app.store, device.id).await?;
    let findings = store::finding::list(&app.store, device.id).await?;
    let summary = device.observed.as_ref().map(|observed| &observed.summary);
    let told = |text: Option<&String>| text.and_then(|text| plain(text));
    Ok(BundleMac {
        mac: names.of("mac", &device.id.to_string()),
        model: told(summary.and_then(|summary| summary.model.as_ref())),
        os_version: told(summary.and_then(|summary| summary.os_version.as_ref())),
        os_build: told(summary.and_then(|summary| summary.os_build.as_ref())),
        agent_version: plain(&device.agent_version),
        pending: device.pending,
        enrolled_at: device.enrolled_at,
        last_seen_at: app.last_seen(device),
        observed_at: device.observed.as_ref().map(|observed| observed.at),
        chain: seen.as_ref().map(|seen| chain::health(seen).word()),
        findings: findings
            .into_iter()
            .map(|finding| BundleFinding {
                code: finding.code,
                account: finding.account.map(|account| names.of("account", &account)),
            })
            .collect(),
        recovery_key: kept.recovery_key.state,
        resilience: seen
            .as_ref()
            .map(|seen| resilience::resilience(seen, &kept, app.now())),
        accounts: seen
            .as_ref()
            .map(|seen| accounts(seen, names))
            .unwrap_or_default(),
    })
}

fn accounts(seen: &Observation, names: &mut Pseudonyms) -> Vec<BundleAccount> {
    let listed = seen.filevault_users.value();
    let account = |member: chain::Member<'_>| BundleAccount {
        account: names.of("account", &member.account.record_name),
        token: member.token,
        administrator: member.account.administrator,
        disabled: member.account.disabled,
        in_filevault: listed.map(|listed| listed.contains(&member.account.guid)),
        password_set_at: member.account.password_set_at,
    };
    chain::members(seen).into_iter().map(account).collect()
}

async fn actions(
    app: &App,
    organization_id: OrganizationId,
    device_id: Option<DeviceId>,
    names: &mut Pseudonyms,
) -> Result<Vec<BundleAction>, Problem> {
    let filter = Filter {
        device_id,
        state: None,
        before: None,
        limit: ACTIONS,
    };
    let actions = store::action::list(&app.store, organization_id, &filter).await?;
    let view = |action: store::action::Action| BundleAction {
        mac: names.of("mac", &action.envelope.device_id.to_string()),
        kind: action.envelope.action.kind(),
        state: action.state.word(),
        code: action.code,
        created_at: action.created_at,
        started_at: action.started_at,
        finished_at: action.finished_at,
    };
    Ok(actions.into_iter().map(view).collect())
}

async fn entries(
    app: &App,
    organization_id: OrganizationId,
    device_id: Option<DeviceId>,
    names: &mut Pseudonyms,
) -> Result<Vec<BundleEntry>, Problem> {
    let entries = match device_id {
        Some(id) => store::audit::list_of_device(&app.store, organization_id, id, None, ENTRIES).await?,
        None => store::audit::list(&app.store, organization_id, None, ENTRIES).await?,
    };
    let view = |entry: store::audit::Entry| BundleEntry {
        seq: entry.seq,
        at: entry.at,
        actor: names.of_actor(&entry.actor),
        verb: entry.verb,
        mac: entry.device_id.map(|id| names.of("mac", &id.to_string())),
    };
    Ok(entries.into_iter().map(view).collect())
}
