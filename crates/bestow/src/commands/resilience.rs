//! `bestow resilience`

use crate::cli::Session;
use crate::client::{FleetView, WarningView};
use crate::exit::{Exit, Failure};
use crate::output::{Format, facts, print, print_as_it_is};

/// So many days are shown; `--json` tells all.
const DAYS: usize = 7;

/// Show how well the fleet stands: its scores, what hangs by a thread, and the last days
#[derive(Debug, clap::Args)]
pub struct Args {}

/// Runs the command.
pub async fn run(_: Args, session: &Session) -> Result<Exit, Failure> {
    let answer = session.client()?.resilience().await?;
    match session.format {
        Format::Json => print_as_it_is(&answer.json)?,
        Format::Text => print(&text(&answer.value))?,
    }
    Ok(Exit::Done)
}

fn text(fleet: &FleetView) -> String {
    let Some(average) = fleet.average else {
        return "No Mac has told yet.".to_owned();
    };
    let bands = fleet
        .bands
        .iter()
        .map(|band| (format!("{} to {}", band.from, band.to), macs(band.devices)));
    let days = fleet.days.iter().rev().take(DAYS);
    let days = days.map(|one| {
        (
            one.day.utc_day(),
            format!("{} ({})", one.average, macs(one.devices)),
        )
    });
    let mut parts = vec![
        format!("{} stand at {average} of 100 in the mean.", macs(fleet.devices)),
        format!("Scores\n{}", rows(bands.collect())),
    ];
    if !fleet.warnings.is_empty() {
        let warnings = fleet.warnings.iter();
        let told = |one: &WarningView| format!("{} ({})", one.sentence, one.warning);
        let warnings = warnings.map(|one| (macs(one.devices), told(one)));
        parts.push(format!("What hangs by a thread\n{}", rows(warnings.collect())));
    }
    parts.push("`bestow devices --score 0-19` and `--warning WORD` list the Macs.".to_owned());
    parts.push(format!("History\n{}", rows(days.collect())));
    parts.join("\n\n")
}

fn rows(rows: Vec<(String, String)>) -> String {
    facts(rows.iter().map(|(name, value)| (name.as_str(), value.clone())))
}

fn macs(count: u64) -> String {
    match count {
        1 => "1 Mac".to_owned(),
        _ => format!("{count} Macs"),
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn scores_threads_and_days_are_told() {
        let fleet = serde_json::from_value(json!({
            "devices": 3, "average": 57,
            "bands": [{ "from": 0, "to": 19, "devices": 1 }, { "from": 80, "to": 100, "devices": 2 }],
            "warnings": [{ "warning": "one_holder", "sentence": "One account alone.", "devices": 1 }],
            "days": [{ "day": 0, "average": 50, "devices": 2 }, { "day": 86_400_000, "average": 57, "devices": 3 }],
        }));
        let told = text(&fleet.unwrap());
        for part in [
            "3 Macs stand at 57 of 100",
            "0 to 19",
            "1 Mac",
            "One account alone. (one_holder)",
            "`bestow devices --score",
            "57 (3 Macs)",
            "1970-01-02",
        ] {
            assert!(told.contains(part), "{part}: {told}");
        }
        assert!(!told.contains("00:00"), "{told}");
        assert!(
            told.find("57 (3 Macs)") < told.find("50 (2 Macs)"),
            "the latest first: {told}"
        );
    }

    #[test]
    fn a_fleet_that_has_not_told_has_no_score() {
        let none = json!({ "devices": 0, "average": null, "bands": [], "warnings": [], "days": [] });
        assert_eq!(
            text(&serde_json::from_value(none).unwrap()),
            "No Mac has told yet."
        );
    }
}
