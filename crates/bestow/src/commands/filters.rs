//! The words that filters take. What is none of them is refused with the list of them, and shells complete them.

use clap::builder::PossibleValuesParser;
use trust::action::ActionState;
use trust::bulk::Readiness;
use trust::chain::Health;
use trust::finding::Finding;
use trust::resilience::Warning;
use trust::service_account::Status;

/// A Mac that no agent has told of yet.
const NOT_OBSERVED: &str = "not_observed";

/// A service account that is invalid where an administrator holds a token.
const EASILY_RECOVERED: &str = "easily_recovered";

/// The bands of scores.
const SCORES: [&str; 5] = ["0-19", "20-39", "40-59", "60-79", "80-100"];

/// What a chain of trust is worth.
pub fn chain() -> PossibleValuesParser {
    let words = Health::ALL.map(Health::word);
    PossibleValuesParser::new(words.into_iter().chain([NOT_OBSERVED]))
}

/// How a service account stands.
pub fn service_account() -> PossibleValuesParser {
    PossibleValuesParser::new(Status::WORDS.into_iter().chain([EASILY_RECOVERED]))
}

/// What hangs by a thread.
pub fn warning() -> PossibleValuesParser {
    PossibleValuesParser::new(Warning::ALL.map(Warning::word))
}

/// A band of scores.
pub fn score() -> PossibleValuesParser {
    PossibleValuesParser::new(SCORES)
}

/// The code of a finding.
pub fn finding() -> PossibleValuesParser {
    let words: Vec<&str> = Finding::codes().into_iter().map(|code| code.word()).collect();
    PossibleValuesParser::new(words)
}

/// Where an action stands.
pub fn action_state() -> PossibleValuesParser {
    PossibleValuesParser::new(ActionState::ALL.map(ActionState::word))
}

/// What a Mac lacks for a bulk run.
pub fn readiness() -> PossibleValuesParser {
    PossibleValuesParser::new(Readiness::ALL.map(Readiness::word))
}

#[cfg(test)]
mod tests {
    use trust::resilience::BANDS;

    #[test]
    fn every_band_can_be_asked_for() {
        assert_eq!(
            super::SCORES.to_vec(),
            BANDS.map(|(from, to)| format!("{from}-{to}"))
        );
    }
}
