//! Bulk runs and their plans for people.

use trust::bulk::{Readiness, RunProgress, RunState};

use super::table::{self, list};
use super::time::{Zone, moment};
use super::words;
use crate::client::{BulkPlan, BulkRunView, MemberView};

/// The groups of a plan, and the devices of this page.
pub fn bulk_plan_text(plan: &BulkPlan) -> String {
    let progress = &plan.counts.progress;
    let mut text = format!(
        "{} of {} Macs are ready.\n\n{}",
        progress.ready,
        progress.devices,
        groups(progress)
    );
    if !plan.items.is_empty() {
        let rows = plan.items.iter().map(|member| {
            [
                member.device_name.clone(),
                member.serial_number.clone(),
                words::readiness(&member.readiness),
                member.code.clone().unwrap_or_default(),
                member.detail.clone().unwrap_or_default(),
            ]
        });
        let header = ["device", "serial", "group", "code", "seen"];
        text.push_str(&format!("\n\nNot ready\n{}", list(header, rows)));
    }
    text
}

fn groups(progress: &RunProgress) -> String {
    let mut rows: Vec<[String; 3]> = Readiness::ALL
        .into_iter()
        .map(|readiness| (readiness, progress.lacking(readiness)))
        .filter(|(_, count)| *count > 0)
        .map(|(readiness, count)| [readiness.label().to_owned(), count.to_string(), String::new()])
        .collect();
    rows.extend(progress.codes.iter().map(|counted| {
        [
            format!("  {}", counted.code),
            counted.count.to_string(),
            counted.title.clone(),
        ]
    }));
    list(["group", "Macs", "why"], rows)
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
        ("held back", progress.held),
        ("released", progress.queued),
        ("shown to the agent", progress.offered),
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
    let result = match &member.state {
        Some(_) if member.held => "held".to_owned(),
        Some(state) => state.clone(),
        None => words::readiness(&member.readiness),
    };
    [
        member.device_name.clone(),
        member.serial_number.clone(),
        result,
        member.code.clone().unwrap_or_default(),
        member
            .detail
            .clone()
            .or_else(|| member.code_title.clone())
            .unwrap_or_default(),
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
