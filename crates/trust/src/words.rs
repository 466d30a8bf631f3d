//! What people read for words that have no type here: one rule for the console and the command line. What has a type has
//! its `label` there.

use crate::action::ActionState;

/// A word of the API, of the audit log or of a newer server, as people write it: `action.accepted` is "action accepted".
pub fn plain(word: &str) -> String {
    word.replace(['.', '_'], " ")
}

/// Who did something, by the audit log's name for it: a person by name, a device as the Mac that it is.
pub fn actor(actor: &str) -> String {
    match actor.split_once(':') {
        Some(("person", name)) => name.to_owned(),
        Some(("api_token", name)) => format!("API token {name}"),
        Some(("device", _)) => "the Mac".to_owned(),
        Some(("enrolment_link", serial_number)) => format!("the person of {serial_number}"),
        Some(("recovery_link", _)) => "whoever has the recovery link".to_owned(),
        Some((kind, name)) => format!("{} {name}", plain(kind)),
        None => actor.to_owned(),
    }
}

/// An action that its bulk run holds: it is stored, and no agent is shown it before the run releases it.
pub const HELD: &str = "held";

/// Where an action stands: its state, or that its bulk run holds it. A released action is queued like any other.
pub fn standing(state: ActionState, held: bool) -> &'static str {
    match held && state == ActionState::Queued {
        true => HELD,
        false => state.word(),
    }
}

/// A sentence of the catalogue for a terminal or a window: quotation marks in the place of each pair of backticks, which the
/// console sets as code.
pub fn prose(text: &str) -> String {
    let pairs = text.matches('`').count() / 2;
    text.replacen('`', "'", 2 * pairs)
}

/// What an account may do.
pub fn role(is_administrator: bool) -> &'static str {
    if is_administrator {
        "administrator"
    } else {
        "standard"
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_action_is_held_only_as_long_as_it_is_queued() {
        assert_eq!(standing(ActionState::Queued, true), "held");
        assert_eq!(standing(ActionState::Queued, false), "queued");
        assert_eq!(standing(ActionState::Cancelled, true), "cancelled");
    }

    #[test]
    fn code_is_quoted_and_text_stays_text() {
        assert_eq!(prose("Run `a b`, then `c`."), "Run 'a b', then 'c'.");
        assert_eq!(prose("Ben`s Mac"), "Ben`s Mac");
    }

    #[test]
    fn words_of_programs_are_words_for_people() {
        assert_eq!(plain("device.keys_changed"), "device keys changed");
        for (name, words) in [
            ("person:grace", "grace"),
            ("api_token:nightly", "API token nightly"),
            ("device:00000000-0000-4000-8000-000000000000", "the Mac"),
            ("enrolment_link:C02ABC", "the person of C02ABC"),
            (
                "recovery_link:00000000-0000-4000-8000-000000000000",
                "whoever has the recovery link",
            ),
            ("cron_job:x", "cron job x"),
            ("operator", "operator"),
        ] {
            assert_eq!(actor(name), words);
        }
    }
}
