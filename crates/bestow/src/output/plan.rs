//! A plan for people: every precondition, what can come of it, what it costs.

use trust::action::{Action, SecretRole};

use super::table::{self, list};
use super::time::{Zone, moment};
use super::words;
use crate::client::{AlreadyOpen, CostView, PlanAnswer, PlanView};

/// The plan as a table with what follows from it. A plan that is refused has no such lines: the refusal says more.
pub fn plan_table(answer: &PlanAnswer, zone: &Zone) -> String {
    let seen = match answer.observed_at {
        Some(at) => format!("as the Mac was seen at {}", moment(at, zone)),
        None => "the Mac has not been seen yet".to_owned(),
    };
    let mut text = format!("Plan ({seen})\n{}", rows(&answer.plan));
    if answer.refusal.is_none() {
        text.push_str(&consequences(&answer.plan));
    }
    if let Some(open) = &answer.already_open {
        text.push_str(&already_open(open, zone));
    }
    text
}

/// That the same is asked of the Mac already. A second time is not refused.
fn already_open(open: &AlreadyOpen, zone: &Zone) -> String {
    let text = format!(
        "The same is asked of this Mac already: action {} is {}, asked {}. If this is sent too, both are carried out.",
        open.id,
        words::standing(&open.state, open.held),
        moment(open.created_at, zone),
    );
    format!("\n{}\n", table::facts([("Note", text)]))
}

/// What the wildcards of an order mean on the Mac.
pub fn meaning(answer: &PlanAnswer, zone: &Zone) -> String {
    let mut facts = Vec::new();
    if let Some(action) = &answer.action {
        let new = match action {
            Action::CreateAccount(create) => Some(create),
            _ => None,
        };
        let whose = if new.is_some() { "Account" } else { "Target" };
        let administrator = action.administrator();
        facts.extend(administrator.map(|name| ("Administrator", name.to_string())));
        facts.extend(action.target().map(|name| (whose, name.to_string())));
        facts.extend(new.map(|create| ("Full name", create.full_name.to_string())));
    }
    for (role, collected) in &answer.collected {
        let whose = match role {
            SecretRole::Administrator => "Administrator's password",
            SecretRole::Target => "Target's password",
            SecretRole::NewPassword => "New password",
        };
        let wildcard = collected.reference.attribute.wildcard();
        facts.push((
            whose,
            format!(
                "{wildcard}, collected on {}",
                moment(collected.collected_at, zone)
            ),
        ));
    }
    format!("On this Mac\n{}\n", table::facts(facts))
}

fn rows(plan: &PlanView) -> String {
    let rows = plan.rows.iter().map(|row| {
        let mut saw = row.saw.clone();
        if let Some(code) = &row.code {
            saw.push_str(&format!(" [{code}]"));
        }
        [state(&row.state), words::check(&row.check), saw]
    });
    format!("{}\n", list(["", "check", "seen"], rows))
}

/// How a row stands. What is in the way is loud.
fn state(word: &str) -> String {
    match word {
        "failed" => "FAILED".to_owned(),
        _ => words::plain(word),
    }
}

fn consequences(plan: &PlanView) -> String {
    let mut facts = Vec::new();
    if !plan.outcomes.is_empty() {
        facts.push(("Can end as", plan.outcomes.join(", ")));
    }
    if !plan.mishaps.is_empty() {
        facts.push(("In between", plan.mishaps.join(", ")));
    }
    facts.push(("Costs", costs(&plan.cost)));
    format!("{}\n", table::facts(facts))
}

fn costs(cost: &CostView) -> String {
    let mut parts = Vec::new();
    let tries = cost.local_password_tries + cost.disk_password_tries;
    if tries > 0 {
        parts.push(format!(
            "{} against Open Directory and {} against the disk",
            password_tries(cost.local_password_tries),
            cost.disk_password_tries
        ));
    }
    if cost.shows_after_restart {
        parts.push("shows on the start-up screen after a restart".to_owned());
    }
    if cost.needs_visit {
        parts.push("somebody must go to the Mac".to_owned());
    }
    match parts.is_empty() {
        true => "nothing".to_owned(),
        false => parts.join("; "),
    }
}

fn password_tries(count: u32) -> String {
    match count {
        1 => "1 password try".to_owned(),
        _ => format!("{count} password tries"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn words_of_a_newer_server_are_shown_as_they_are() {
        let answer: PlanAnswer = serde_json::from_value(json!({
            "plan_id": "p",
            "already_open": {
                "id": "01890a5d-ac96-774b-bcce-b302099a8057", "state": "queued", "held": true, "created_at": 0,
            },
            "plan": {
                "rows": [
                    {"check": "os_version", "state": "met", "saw": "macOS 15.2"},
                    {"check": "battery_is_charged", "state": "postponed", "saw": "4 %"},
                ],
                "outcomes": ["granted", "battery_empty"],
                "cost": {"local_password_tries": 2, "disk_password_tries": 2, "shows_after_restart": true},
            },
        }))
        .unwrap();
        let text = plan_table(&answer, &Zone::utc());
        let text = text.split_whitespace().collect::<Vec<_>>().join(" ");
        for part in [
            "macOS 10.13 or later",
            "battery is charged",
            "postponed",
            "granted, battery_empty",
            "2 password tries against Open Directory and 2",
            "already: action 01890a5d-ac96-774b-bcce-b302099a8057 is held, asked 1970-01-01",
        ] {
            assert!(text.contains(part), "{part:?} is missing in\n{text}");
        }
    }
}
