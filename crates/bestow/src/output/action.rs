//! Actions for people.

use trust::action::Action;

use super::table::{self, list};
use super::time::{Zone, moment};
use super::words;
use crate::client::ActionView;

/// One cell per column of the list of actions: id, device, what, state, code, when.
pub fn action_line(action: &ActionView, zone: &Zone) -> [String; 6] {
    [
        action.id.to_string(),
        device(action),
        what(action),
        words::standing(&action.state, action.held),
        action.code.clone().unwrap_or_default(),
        moment(action.created_at, zone),
    ]
}

/// Everything that is known of one action but its end, which a teaching tells.
pub fn action_details(action: &ActionView, zone: &Zone) -> String {
    let at = |at: Option<_>| at.map(|at| moment(at, zone));
    let touched = action
        .outcome
        .as_ref()
        .map(|outcome| match outcome.touched_the_mac {
            true => "tools that change the Mac were started".to_owned(),
            false => "nothing was touched".to_owned(),
        });
    let times = [
        ("Created", Some(moment(action.created_at, zone))),
        ("Created by", action.created_by.clone()),
        ("Bulk run", action.bulk_run_id.map(|id| id.to_string())),
        ("Not before", at(action.not_before).filter(|_| !action.is_final())),
        (
            "Begins by",
            Some(moment(action.not_after, zone)).filter(|_| !action.is_final()),
        ),
        ("Offered", at(action.offered_at)),
        ("Started", at(action.started_at)),
        ("Finished", at(action.finished_at)),
        ("On the Mac", touched),
    ];
    let mut facts = vec![
        ("Action", action.id.to_string()),
        ("Device", device(action)),
        ("Asked", what(action)),
        ("State", words::standing(&action.state, action.held)),
    ];
    facts.extend(times.into_iter().filter_map(|(name, value)| Some((name, value?))));
    let mut text = format!("{}\n", table::facts(facts));
    let parts = action.outcome.iter().flat_map(|outcome| &outcome.parts);
    let rows: Vec<_> = parts
        .map(|part| [words::part(&part.part), part.code.clone()])
        .collect();
    if !rows.is_empty() {
        text.push_str(&format!("\nParts\n{}\n", list(["part", "end"], rows)));
    }
    let evidence = action.outcome.iter().flat_map(|outcome| &outcome.evidence);
    let rows: Vec<_> = evidence
        .map(|one| [moment(one.at, zone), one.by.clone(), one.saw.clone()])
        .collect();
    if !rows.is_empty() {
        text.push_str(&format!("\nEvidence\n{}\n", list(["at", "by", "saw"], rows)));
    }
    text
}

fn device(action: &ActionView) -> String {
    action
        .device_name
        .clone()
        .unwrap_or_else(|| action.device_id.to_string())
}

fn what(action: &ActionView) -> String {
    match serde_json::from_value::<Action>(action.action.clone()) {
        Ok(known) => known.in_words(),
        Err(_) => words::plain(&action.kind),
    }
}
