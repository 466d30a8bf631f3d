//! `bestow device`

use std::path::PathBuf;

use trust::fact::Fact;
use trust::observation::Observation;

use super::devices::agent;
use super::find_device;
use crate::cli::Session;
use crate::client::{AccountView, ChainView, DeviceDetail, MdmView, Page, Reference, ResilienceView};
use crate::exit::{Exit, Failure};
use crate::known_devices::KnownDevices;
use crate::output::{Format, Zone, facts, findings_text, list, moment, note, print, print_as_it_is, words};

/// Show one device: summary, security, accounts, chain of trust, how well it stands and what is wrong
#[derive(Debug, clap::Args)]
pub struct Args {
    /// Id, name or serial number
    device: Reference,
    /// Accept the device's present key, whose fingerprint you have compared on the Mac
    #[arg(long, value_name = "FINGERPRINT")]
    accept_key: Option<String>,
    /// File with the pinned keys of devices; or the variable BESTOW_KNOWN_DEVICES [default: ~/.config/bestow/known-devices]
    #[arg(long, value_name = "FILE")]
    known_devices: Option<PathBuf>,
}

/// Runs the command.
pub async fn run(args: Args, session: &Session) -> Result<Exit, Failure> {
    let client = session.client()?;
    let device = find_device(&client, &args.device).await?;
    if let Some(fingerprint) = &args.accept_key {
        accept_key(&device.value, fingerprint, args.known_devices)?;
    }
    let id = device.value.summary.id;
    let accounts = client.accounts(id).await?;
    let chain = client.chain(id).await?;
    let resilience = client.device_resilience(id).await?;
    let findings = client.findings(id).await?;
    match session.format {
        Format::Json => print_as_it_is(&format!(
            "{{\"device\":{},\"accounts\":{},\"chain\":{},\"resilience\":{},\"findings\":{}}}",
            device.json, accounts.json, chain.json, resilience.json, findings.json
        ))?,
        Format::Text => {
            print(&summary(&device.value, &session.zone))?;
            if let Some(observation) = device.value.observation() {
                print(&format!("\nSecurity\n{}", security(&observation, &session.zone)))?;
            }
            print(&format!("\nAccounts\n{}", account_table(&accounts.value)))?;
            print(&format!(
                "\nChain of trust\n{}",
                chain_text(&chain.value, &session.zone)
            ))?;
            print(&format!("\nResilience\n{}", resilience_text(&resilience.value)))?;
            print(&format!(
                "\nFindings\n{}",
                findings_text(&device.value.summary.name, &findings.value.items)
            ))?;
        }
    }
    Ok(Exit::Done)
}

fn accept_key(device: &DeviceDetail, typed: &str, file: Option<PathBuf>) -> Result<(), Failure> {
    let present = device.sealing_key.fingerprint();
    if !same_fingerprint(typed, &present) {
        return Err(Failure::usage(format!(
            "The key was not accepted: --accept-key is not the fingerprint of the key that the server shows for {name}.\n\n  \
             given  {typed}\n  shown  {present}\n\n\
             Run `bestow-agent status` on the Mac. If it prints the one that is shown, give that. If it prints something\n\
             else, the server shows a key that is not the Mac's: accept none, and send no password.",
            name = device.summary.name
        )));
    }
    KnownDevices::at(file)?.accept(device)?;
    note(&format!(
        "The key of {} is accepted: passwords are sealed to it from now on.\n",
        device.summary.name
    ));
    Ok(())
}

/// Whether two fingerprints are the same, however their digits are grouped.
pub fn same_fingerprint(one: &str, other: &str) -> bool {
    let digits = |text: &str| -> String {
        let digits = text.chars().filter(char::is_ascii_alphanumeric);
        digits.map(|c| c.to_ascii_lowercase()).collect()
    };
    digits(one) == digits(other)
}

fn summary(device: &DeviceDetail, zone: &Zone) -> String {
    let summary = &device.summary;
    let in_words = |fact: &Option<String>, words: fn(&str) -> String| {
        fact.as_deref().map_or_else(|| "not told".to_owned(), words)
    };
    let known = |fact: &Option<String>| in_words(fact, str::to_owned);
    let at = |at: Option<_>| at.map_or_else(|| "never".to_owned(), |at| moment(at, zone));
    let os = format!("{} ({})", known(&summary.os_version), known(&summary.os_build));
    let names = |names: &Option<Vec<String>>| match names.as_deref() {
        None => "cannot be told".to_owned(),
        Some([]) => "nobody".to_owned(),
        Some(names) => names.join(", "),
    };
    let full_disk_access = match device.full_disk_access {
        Some(true) => "yes",
        Some(false) => "no",
        None => "not tried yet",
    };
    facts([
        ("Name", summary.name.clone()),
        ("Id", summary.id.to_string()),
        ("Serial number", summary.serial_number.clone()),
        ("Model", known(&summary.model)),
        ("Chip", in_words(&summary.chip, words::chip)),
        ("macOS", os),
        (
            "Boot volume",
            in_words(&summary.volume_format, words::volume_format),
        ),
        ("FileVault", in_words(&summary.filevault, words::filevault)),
        ("Start-up screen", names(&device.start_up_screen)),
        ("Waits for restart", names(&device.waiting_for_restart)),
        ("Full Disk Access", full_disk_access.to_owned()),
        (
            "MDM",
            device.mdm.as_ref().map_or_else(|| "not told".to_owned(), mdm),
        ),
        (
            "Agent",
            format!("{}, version {}", agent(summary), known(&summary.agent_version)),
        ),
        ("Enrolled", at(summary.enrolled_at)),
        ("Last seen", at(summary.last_seen_at)),
        ("Observed", at(summary.observed_at)),
        ("Key fingerprint", device.sealing_key.fingerprint()),
    ])
}

/// Which MDM it is, its address, how that is known, and that there is no second one.
fn mdm(mdm: &MdmView) -> String {
    match &mdm.server_url {
        Some(address) => format!("{} ({address}), {}. {}", mdm.label, mdm.how, mdm.note),
        None => format!("{}, {}", mdm.label, mdm.how),
    }
}

fn security(observation: &Observation, zone: &Zone) -> String {
    let rows = trust::security::rows(observation).into_iter().map(|row| {
        let seen = match row.told.by() {
            "" => String::new(),
            by => format!("{by}, {}", moment(row.told.at(), zone)),
        };
        let value = match row.told {
            Fact::Known { value, .. } => value,
            Fact::Unknown { why, .. } => format!("unknown: {why}"),
        };
        [row.label.to_owned(), value, seen]
    });
    list(["what", "value", "seen"], rows)
}

fn account_table(accounts: &Page<AccountView>) -> String {
    let rows = accounts.items.iter().map(|account| {
        [
            account.record_name.clone(),
            account.real_name.clone(),
            account.uid.to_string(),
            trust::words::role(account.administrator).to_owned(),
            account.token.state.clone(),
            if account.can_grant { "yes" } else { "no" }.to_owned(),
            notes(account),
        ]
    });
    list(
        [
            "account",
            "name",
            "uid",
            "role",
            "secure token",
            "can grant",
            "notes",
        ],
        rows,
    )
}

fn notes(account: &AccountView) -> String {
    let notes = [(account.hidden, "hidden"), (account.disabled, "disabled")];
    let notes = notes.into_iter().filter_map(|(is, note)| is.then_some(note));
    let also = (!account.aliases.is_empty()).then(|| format!("also {}", account.aliases.join(", ")));
    let notes: Vec<&str> = notes.chain(also.as_deref()).collect();
    notes.join(", ")
}

fn chain_text(chain: &ChainView, zone: &Zone) -> String {
    let granters = match chain.granters.as_slice() {
        [] => "nobody".to_owned(),
        names => names.join(", "),
    };
    let mut text = facts([("Worth", words::chain(&chain.health)), ("Can grant", granters)]);
    if !chain.edges.is_empty() {
        let edges = chain.edges.iter().map(|edge| {
            let action = edge.action_id.map(|id| id.to_string()).unwrap_or_default();
            [
                edge.granter.clone(),
                edge.target.clone(),
                moment(edge.at, zone),
                action,
            ]
        });
        let edges = list(["granter", "target", "proved", "action"], edges);
        text.push_str(&format!("\n\nHanded on by Bestow\n{edges}"));
    }
    text
}

/// The score with its parts, and what hangs by a thread.
fn resilience_text(told: &ResilienceView) -> String {
    let Some(found) = &told.resilience else {
        return "Its agent has not told yet.".to_owned();
    };
    let part = |points: u8, most: u8| format!("{points} of {most}");
    let proved = match found.days_since_key_proved {
        None => "not proved".to_owned(),
        Some(days) => days.to_string(),
    };
    let mut text = facts([
        ("Score", part(found.score, 100)),
        ("Accounts that can hand a token on", part(found.holders, 40)),
        ("Independent ways back", part(found.routes, 40)),
        ("Proof of the recovery key", part(found.freshness, 20)),
        ("Days since it was proved", proved),
    ]);
    for sentence in &told.sentences {
        text.push_str(&format!("\n- {sentence}"));
    }
    text
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn how_well_a_device_stands_is_told_with_its_parts() {
        let told = json!({
            "resilience": {
                "score": 46, "holders": 16, "routes": 20, "freshness": 10, "days_since_key_proved": 40,
                "warnings": ["one_holder"],
            },
            "sentences": ["Only one account can hand a token on."],
        });
        let text = resilience_text(&serde_json::from_value(told).unwrap());
        for part in [
            "46 of 100",
            "16 of 40",
            "20 of 40",
            "10 of 20",
            "- Only one account",
        ] {
            assert!(text.contains(part), "{part}: {text}");
        }
        assert!(
            text.lines()
                .any(|line| line.starts_with("Days since") && line.ends_with(" 40")),
            "{text}"
        );
        let none = json!({ "resilience": null, "sentences": [] });
        assert_eq!(
            resilience_text(&serde_json::from_value(none).unwrap()),
            "Its agent has not told yet."
        );
    }

    #[test]
    fn fingerprints_are_compared_by_their_digits() {
        assert!(same_fingerprint("ab12 cd34", "AB12CD34"));
        assert!(same_fingerprint("ab:12:cd:34", "ab12 cd34"));
        assert!(!same_fingerprint("ab12 cd34", "ab12 cd35"));
        assert!(!same_fingerprint("", "ab12"));
    }
}
