//! The ways back for people: those that may lead back with their steps, then those that are closed and why.

use trust::words::prose;

use super::finding::command;
use super::table::facts;
use super::time::{Zone, moment};
use super::words;
use crate::client::{BegunView, GuideView, RecoveryView, WayView};

/// What leads the device of this name back, and how far it is.
pub fn recovery_text(device: &str, recovery: &RecoveryView, zone: &Zone) -> String {
    let (closed, open): (Vec<&WayView>, Vec<&WayView>) =
        recovery.ways.iter().partition(|way| way.standing == "closed");
    let mut parts = vec![prose(&recovery.summary)];
    parts.extend(recovery.begun.as_ref().map(|begun| progress(begun, zone)));
    parts.extend(open.iter().map(|way| open_way(device, way)));
    if !closed.is_empty() {
        let rows = closed.iter().map(|way| (name(way), prose(&way.because)));
        parts.push(format!("Closed ways\n{}", facts(rows)));
    }
    parts.join("\n\n")
}

/// How far the Mac is since somebody was sent the steps, and what is left to see to.
fn progress(begun: &BegunView, zone: &Zone) -> String {
    let reached = begun.milestones.iter().map(|one| {
        let at = one.at.map(|at| format!(" ({})", moment(at, zone)));
        let words = format!("{}{}", one.sentence, at.unwrap_or_default());
        (if one.reached { "yes" } else { "not yet" }, words)
    });
    let left = begun.aftercare.iter().map(|one| {
        let words = format!(
            "{}: {} {}",
            words::plain(&one.task),
            words::plain(&one.state),
            one.says
        );
        ("afterwards", words)
    });
    format!(
        "On its way: {}, begun {}\n{}",
        words::plain(&begun.way),
        moment(begun.begun_at, zone),
        facts(reached.chain(left))
    )
}

fn open_way(device: &str, way: &WayView) -> String {
    let mut rows = vec![("", prose(&way.because))];
    rows.extend(way.in_the_vault.iter().map(|kept| ("in the vault", prose(kept))));
    rows.extend(way.unknowns.iter().map(|unknown| ("not known", prose(unknown))));
    if let Some(guide) = &way.guide {
        rows.extend(guide.needs.iter().map(|need| ("at hand", prose(need))));
    }
    if let Some(command) = command(device, &way.action) {
        rows.push(("command", command));
    }
    let head = format!("{} ({})\n{}", name(way), standing(way), facts(rows));
    match &way.guide {
        Some(guide) => format!("{head}\n{}", steps(guide)),
        None => head,
    }
}

fn steps(guide: &GuideView) -> String {
    let place = match (guide.at_the_mac, guide.loses_data) {
        (_, true) => "At the Mac; everything on it is lost",
        (true, false) => "At the Mac; screen sharing does not reach it",
        (false, false) => "From here",
    };
    let numbers: Vec<String> = (1..=guide.steps.len())
        .map(|number| format!("{number}."))
        .collect();
    let rows = numbers
        .iter()
        .map(String::as_str)
        .zip(guide.steps.iter().map(|step| prose(step)));
    format!("{place}:\n{}", facts(rows))
}

fn name(way: &WayView) -> &str {
    if way.label.is_empty() {
        &way.way
    } else {
        &way.label
    }
}

fn standing(way: &WayView) -> String {
    match way.standing.as_str() {
        "uncertain" => "not certain".to_owned(),
        other => words::plain(other),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    fn told(ways: serde_json::Value) -> RecoveryView {
        serde_json::from_value(
            json!({ "need": "chain_broken", "summary": "Nobody holds one.", "ways": ways }),
        )
        .unwrap()
    }

    fn in_one_line(text: &str) -> String {
        text.split_whitespace().collect::<Vec<_>>().join(" ")
    }

    #[test]
    fn steps_are_numbered_and_closed_ways_say_why() {
        let text = recovery_text(
            "Ada's Mac",
            &told(json!([
                {
                    "way": "personal_recovery_key", "label": "The personal recovery key", "standing": "uncertain",
                    "because": "They contradict each other.", "unknowns": ["Who has it."],
                    "in_the_vault": "The vault has it.",
                    "guide": { "at_the_mac": true, "needs": ["The key."], "steps": ["Shut down.", "Type `reset`."] },
                },
                { "way": "first_token", "label": "The first token", "standing": "closed", "because": "It is taken." },
            ])),
            &Zone::utc(),
        );
        let text = in_one_line(&text);
        for part in [
            "Nobody holds one. The personal recovery key (not certain) They contradict each other.",
            "in the vault The vault has it.",
            "not known Who has it.",
            "at hand The key.",
            "1. Shut down. 2. Type 'reset'.",
            "Closed ways The first token It is taken.",
        ] {
            assert!(text.contains(part), "{part}: {text}");
        }
    }

    #[test]
    fn an_action_is_a_command_and_what_a_newer_server_says_stays_words() {
        let text = recovery_text(
            "mac",
            &told(json!([
                {
                    "way": "another_holder", "standing": "open",
                    "action": {
                        "kind": "grant_secure_token", "administrator": "stan", "target": "ada",
                        "promote_administrator": true,
                    },
                },
                { "way": "by_magic", "standing": "half_open" },
            ])),
            &Zone::utc(),
        );
        let text = in_one_line(&text);
        assert!(
            text.contains(
                "command bestow grant \"mac\" --administrator \"stan\" --target \"ada\" --promote-administrator"
            ),
            "{text}"
        );
        assert!(text.contains("by_magic (half open)"), "{text}");
    }

    #[test]
    fn how_far_the_mac_is_stands_before_the_ways() {
        let mut recovery = told(json!([]));
        recovery.begun = serde_json::from_value(json!({
            "way": "personal_recovery_key", "begun_at": 0,
            "milestones": [
                { "sentence": "The page was opened.", "reached": true, "at": 1_000 },
                { "sentence": "The Mac has not come back yet.", "reached": false, "at": null },
            ],
            "aftercare": [{ "task": "recovery_key", "state": "cannot_tell", "says": "Make a new one." }],
        }))
        .unwrap();
        let text = in_one_line(&recovery_text("mac", &recovery, &Zone::utc()));
        for part in [
            "On its way: personal recovery key, begun 1970-01-01",
            "yes The page was opened. (1970-01-01",
            "not yet The Mac has not come back yet.",
            "afterwards recovery key: cannot tell Make a new one.",
        ] {
            assert!(text.contains(part), "{part}: {text}");
        }
    }
}
