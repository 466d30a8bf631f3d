//! Bulk runs and their plans for people.

use trust::action::{Action, ActionState};
use trust::bulk::{CodeCount, Readiness, RunProgress, RunState};
use trust::words::{HELD, prose};

use super::table::{self, list};
use super::time::{Zone, moment};
use super::words;
use crate::client::{BulkRunView, MemberView};

/// The groups of a plan, and the first devices of each.
pub fn bulk_plan_text(progress: &RunProgress, named: &[(Readiness, Vec<MemberView>)]) -> String {
    let mut text = format!(
        "{} of {} Macs are ready.\n\n{}",
        progress.ready,
        progress.devices,
        groups(progress)
    );
    for (readiness, members) in named {
        let (shown, all) = (members.len() as u64, progress.lacking(*readiness));
        let heading = match shown < all {
            true => format!("{}: the first {shown} of {all}", readiness.label()),
            false => readiness.label().to_owned(),
        };
        let last = match readiness {
            Readiness::Ready => "what is asked of it",
            Readiness::NeedsCredential | Readiness::NeedsPerson | Readiness::Done => "why",
        };
        let rows = list(["device", "serial", last], members.iter().map(planned_line));
        text.push_str(&format!("\n\n{heading}\n{rows}"));
    }
    text
}

/// One cell per column of the list of a group's devices: device, serial, and what is asked of it or why nothing is.
fn planned_line(member: &MemberView) -> [String; 3] {
    let action: Option<Action> = serde_json::from_value(member.action.clone()).ok();
    let detail = member.detail.as_ref().or(member.code_title.as_ref());
    let detail = detail.map(|detail| prose(detail)).unwrap_or_default();
    let what = match (&member.code, action) {
        (Some(code), _) => format!("{detail} [{code}]"),
        (None, Some(action)) => format!("{}{}", action.in_words(), collected(member)),
        (None, None) => detail,
    };
    [member.device_name.clone(), member.serial_number.clone(), what]
}

/// The wildcards that stand for passwords which were collected for the device.
fn collected(member: &MemberView) -> String {
    let wildcards = member.collected.values();
    let wildcards: Vec<String> = wildcards
        .map(|collected| collected.reference.attribute.wildcard())
        .collect();
    match wildcards.is_empty() {
        true => String::new(),
        false => format!(", by {}", wildcards.join(" and ")),
    }
}

fn groups(progress: &RunProgress) -> String {
    let groups = Readiness::ALL.map(|readiness| (readiness, progress.lacking(readiness)));
    let groups = groups.into_iter().filter(|(_, count)| *count > 0);
    let mut rows: Vec<[String; 3]> = Vec::new();
    for (readiness, count) in groups {
        let mut whys = whys(progress, readiness, count).into_iter();
        let first = whys.next().unwrap_or_default();
        rows.push([readiness.label().to_owned(), count.to_string(), first]);
        rows.extend(whys.map(|why| [String::new(), String::new(), why]));
    }
    list(["group", "Macs", "why"], rows)
}

/// Why Macs are in this group: each code in a line, with how many it is about where that is not all of them.
fn whys(progress: &RunProgress, readiness: Readiness, all: u64) -> Vec<String> {
    let codes = progress.codes.iter();
    let codes = codes.filter(|counted| Readiness::from_word(&counted.readiness) == Some(readiness));
    let why = |counted: &CodeCount| match counted.count == all {
        true => format!("{} [{}]", counted.title, counted.code),
        false => format!("{}: {} [{}]", counted.count, counted.title, counted.code),
    };
    codes.map(why).collect()
}

/// One cell per column of the list of runs: id, what, state, how far, when, by whom.
pub fn bulk_run_line(run: &BulkRunView, zone: &Zone) -> [String; 6] {
    [
        run.id.to_string(),
        what(run),
        run.state.clone(),
        format!("{} of {}", run.progress.ended(), run.progress.ready),
        moment(run.created_at, zone),
        run.created_by.clone().unwrap_or_default(),
    ]
}

/// Everything that is known of one run but its devices.
pub fn bulk_run_details(run: &BulkRunView, zone: &Zone) -> String {
    let progress = &run.progress;
    let mut facts = vec![
        ("Bulk run", run.id.to_string()),
        ("Asked", what(run)),
        ("State", state(run)),
        ("Created", moment(run.created_at, zone)),
    ];
    facts.extend(run.created_by.clone().map(|who| ("Created by", who)));
    facts.extend(run.reason.clone().map(|why| ("Reason", why)));
    facts.extend(run.not_before.map(|at| ("Not before", moment(at, zone))));
    facts.push(("Begins by", moment(run.not_after, zone)));
    let first = run
        .canary_size
        .map_or_else(|| "?".to_owned(), |size| size.to_string());
    facts.push((
        "Terms",
        format!(
            "{first} go first; stops when {} % have failed; at most {} at a time",
            run.stop_at_failure_percent, run.in_flight
        ),
    ));
    facts.extend(run.finished_at.map(|at| ("Finished", moment(at, zone))));
    let standing = [
        (HELD, progress.held),
        (ActionState::Queued.word(), progress.queued),
        (ActionState::Offered.word(), progress.offered),
        ("running", progress.running),
        ("succeeded", progress.succeeded),
        ("failed", progress.failed),
        ("refused", progress.refused),
        ("expired", progress.expired),
        ("cancelled", progress.cancelled),
    ];
    let standing = standing.into_iter().filter(|(_, count)| *count > 0);
    let rows = standing.map(|(what, count)| [what.to_owned(), count.to_string()]);
    format!(
        "{}\n\n{}\n\n{}",
        table::facts(facts),
        groups(progress),
        list(["actions", "Macs"], rows)
    )
}

/// One cell per column of the list of a run's devices: device, serial, result, code, what more there is to tell.
pub fn member_line(member: &MemberView) -> [String; 5] {
    let detail = member.detail.as_ref().or(member.code_title.as_ref());
    let result = match &member.state {
        Some(state) => words::standing(state, member.held),
        None => words::readiness(&member.readiness),
    };
    [
        member.device_name.clone(),
        member.serial_number.clone(),
        result,
        member.code.clone().unwrap_or_default(),
        prose(detail.map_or("", String::as_str)),
    ]
}

fn state(run: &BulkRunView) -> String {
    let is_open = run.finished_at.is_none() && RunState::from_word(&run.state).is_some_and(RunState::is_over);
    match is_open {
        true => format!("{}, waiting for what has begun", run.state),
        false => run.state.clone(),
    }
}

fn what(run: &BulkRunView) -> String {
    match (run.account("administrator"), run.account("target")) {
        (Some(administrator), Some(target)) => format!("{} {administrator} -> {target}", run.kind),
        (None, Some(target)) => format!("{} {target}", run.kind),
        _ => run.kind.clone(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_group_names_its_first_macs_and_what_is_asked_of_those_that_are_ready() {
        let progress = RunProgress {
            devices: 3,
            ready: 2,
            needs_person: 1,
            ..RunProgress::default()
        };
        let members = |json| -> Vec<MemberView> { serde_json::from_value(json).unwrap() };
        let ready = members(serde_json::json!([{
            "device_name": "lab-1", "serial_number": "C02A", "readiness": "ready",
            "action": {
                "kind": "grant_secure_token", "administrator": "ladmin", "target": "ben",
                "promote_administrator": false,
            },
            "collected": {
                "administrator": {
                    "attribute": "admin_password", "collection_id": "01890a5d-ac96-774b-bcce-b302099a8057",
                    "collected_at": 0,
                },
            },
        }]));
        let person = members(serde_json::json!([{
            "device_name": "lab-2", "serial_number": "C02B", "readiness": "needs_person", "code": "os_too_old",
            "detail": "macOS `10.12`", "action": null,
        }]));
        let named = [(Readiness::Ready, ready), (Readiness::NeedsPerson, person)];
        let text = bulk_plan_text(&progress, &named);
        let lists = text.split_once("\n\nReady: ").unwrap().1;
        let expected = "\
the first 1 of 2
DEVICE  SERIAL  WHAT IS ASKED OF IT
lab-1   C02A    Grant Secure Token: ladmin → ben, by %admin_password%

Needs a person
DEVICE  SERIAL  WHY
lab-2   C02B    macOS '10.12' [os_too_old]";
        assert_eq!(lists, expected);
    }

    #[test]
    fn each_group_has_its_own_reasons() {
        let counted = |code: &str, title: &str, readiness: Readiness, count| CodeCount {
            code: code.to_owned(),
            title: title.to_owned(),
            readiness: readiness.word().to_owned(),
            count,
        };
        let progress = RunProgress {
            devices: 9,
            ready: 2,
            needs_credential: 2,
            needs_person: 5,
            codes: vec![
                counted("chain_broken", "Broken", Readiness::NeedsPerson, 3),
                counted("os_too_old", "Too old", Readiness::NeedsPerson, 2),
                counted("unresolved_wildcard", "No value", Readiness::NeedsCredential, 2),
            ],
            ..RunProgress::default()
        };
        let expected = "\
GROUP               MACS  WHY
Ready               2
Needs a credential  2     No value [unresolved_wildcard]
Needs a person      5     3: Broken [chain_broken]
                          2: Too old [os_too_old]";
        assert_eq!(groups(&progress), expected);
    }
}
