//! A service account for people: how it stands, what repairs it, what its agent did.

use trust::service_account::policy_conflict::Choice;
use trust::words::actor;

use super::table::list;
use super::time::{Zone, moment};
use super::words;
use crate::client::{ChosenView, ServiceAccountView};

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
    if let Some(updates) = &view.updates {
        let (able, because) = (updates.able.label().to_lowercase(), &updates.because);
        text.push_str(&format!("\n\nCan authorise system updates: {able}; {because}"));
    }
    if !view.conflicting_rules.is_empty() {
        text.push_str("\n\nNo password satisfies these rules of the Mac together:");
        for rule in &view.conflicting_rules {
            text.push_str(&format!("\n  {}", rule.phrase()));
        }
        text.push_str("\n\nWays past them, chosen with `bestow service-account DEVICE choose WAY`:");
        for choice in &view.choices {
            text.push_str(&way(choice));
        }
    }
    if let Some(chosen) = &view.chosen {
        text.push_str(&self::chosen(chosen, zone));
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

/// One way past the policy: open with its steps, or closed with what is against it.
fn way(choice: &Choice) -> String {
    let (word, label) = (
        choice.workaround.word().replace('_', "-"),
        choice.workaround.label(),
    );
    let mut text = format!("\n  {word}: {label}");
    match choice.against() {
        Some(against) => text.push_str(&format!(" (closed: {}; {})", against.demand, against.saw)),
        None => {
            text.push_str(&format!("\n    {}", choice.workaround.consequence()));
            text.push_str(&steps(&choice.steps, "    "));
        }
    }
    text
}

fn chosen(chosen: &ChosenView, zone: &Zone) -> String {
    format!(
        "\n\nChosen by {} at {}: {}{}\n  Tried again: {}",
        actor(&chosen.by),
        moment(chosen.at, zone),
        chosen.label,
        steps(&chosen.steps, "  "),
        chosen.retry_sentence
    )
}

fn steps(steps: &[String], indent: &str) -> String {
    let numbered = steps.iter().zip(1..);
    numbered
        .map(|(step, number)| format!("\n{indent}{number}. {step}"))
        .collect()
}
