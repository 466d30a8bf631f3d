//! The API's words as people write them. What they are called stands at their types; a word of a newer server stays a
//! word.

use serde::de::DeserializeOwned;
use serde_json::json;
use trust::action::ActionState;
use trust::bulk::Readiness;
use trust::chain::Health;
use trust::observation::{Chip, FileVault, VolumeFormat};
use trust::outcome::Part;
use trust::plan::Check;
pub use trust::words::{actor, plain};

/// A processor family.
pub fn chip(word: &str) -> String {
    known::<Chip>(word).map_or_else(|| plain(word), |chip| chip.label().to_owned())
}

/// A volume format. What is none of ours is the tool's own word.
pub fn volume_format(word: &str) -> String {
    known::<VolumeFormat>(word).map_or_else(|| word.to_owned(), |format| format.label().to_owned())
}

/// Whether the disk is encrypted.
pub fn filevault(word: &str) -> String {
    let known: Option<FileVault> = serde_json::from_value(json!({ "status": word })).ok();
    known.map_or_else(|| plain(word), |state| state.label().to_owned())
}

/// What a chain of trust is worth.
pub fn chain(word: &str) -> String {
    Health::from_word(word).map_or_else(|| plain(word), |health| health.label().to_owned())
}

/// What a row of a plan checks.
pub fn check(word: &str) -> String {
    known::<Check>(word).map_or_else(|| plain(word), |check| check.label().to_owned())
}

/// A part of an action.
pub fn part(word: &str) -> String {
    known::<Part>(word).map_or_else(|| plain(word), |part| part.label().to_owned())
}

/// Where an action stands.
pub fn standing(word: &str, held: bool) -> String {
    match ActionState::from_word(word) {
        Some(state) => trust::words::standing(state, held).to_owned(),
        None => plain(word),
    }
}

/// What a device lacks to take part in a bulk run.
pub fn readiness(word: &str) -> String {
    Readiness::from_word(word).map_or_else(|| plain(word), |readiness| readiness.label().to_lowercase())
}

fn known<T: DeserializeOwned>(word: &str) -> Option<T> {
    serde_json::from_value(word.into()).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_of_the_api_are_shown_as_people_write_them() {
        assert_eq!(chip("apple_silicon"), "Apple silicon");
        assert_eq!(volume_format("core_storage"), "Mac OS Extended on CoreStorage");
        assert_eq!(volume_format("exfat"), "exfat");
        assert_eq!(filevault("encrypting"), "encrypting");
        assert_eq!(
            filevault("deferred"),
            "off, turned on at the next restart or login"
        );
        assert_eq!(chain("only_standard_holders"), "only standard holders");
        assert_eq!(chain("not_observed"), "not observed");
        assert_eq!(part("create_account"), Part::CreateAccount.label());
        assert_eq!(check("battery_is_charged"), "battery is charged");
    }
}
