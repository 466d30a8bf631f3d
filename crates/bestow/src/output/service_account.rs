//! A service account for people: how it stands, what repairs it, what its agent did.

use super::table::list;
use super::time::{Zone, moment};
use super::words;
use crate::client::ServiceAccountView;

/// Everything about the service account of the device called `name`.
pub fn service_account_text(name: &str, view: &ServiceAccountView, zone: &Zone) -> String {
    let mut text = format!("Service account of {name}: {}", view.label);
    if view.easily_recovered {
        text.push_str(", easily recovered");
    }
    if let Some(at) = view.proved_at {
        text.push_str(&format!(", proved at {}", moment(at, zone)));
    }
    if let Some(why) = &view.why {
        text.push_str(&format!("; {why}"));
    }
    for reason in &view.reasons {
        let (reason, at, saw) = (words::plain(&reason.reason), moment(reason.at, zone), &reason.saw);
        text.push_str(&format!("\n  {reason}: {saw} ({at})"));
    }
    if let Some(consequence) = &view.consequence {
        text.push_str(&format!("\n\n{consequence}"));
    }
    if !view.conflicting_rules.is_empty() {
        text.push_str("\n\nNo password satisfies these rules of the Mac together:");
        for rule in &view.conflicting_rules {
            text.push_str(&format!("\n  {}", rule.words));
        }
    }
    if !view.ladder.is_empty() {
        let rows = view.ladder.iter().map(|rung| {
            let stands = rung.closed.clone().unwrap_or_else(|| "open".to_owned());
            [words::plain(&rung.rung), words::plain(&rung.cost), stands]
        });
        text.push_str(&format!(
            "\n\n{}",
            list(["way to repair", "costs", "stands"], rows)
        ));
    }
    if !view.deeds.is_empty() {
        let rows = view.deeds.iter().map(|deed| {
            let account = deed.account.clone().unwrap_or_default();
            [
                moment(deed.at, zone),
                deed.label.clone(),
                account,
                deed.code.clone(),
            ]
        });
        text.push_str(&format!(
            "\n\n{}",
            list(["when", "the agent by itself", "account", "outcome"], rows)
        ));
    }
    text
}
