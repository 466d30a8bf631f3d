//! The API's words as people write them. What they are called stands at their types.

use serde::de::DeserializeOwned;
use trust::observation::{Chip, VolumeFormat};

/// A processor family.
pub(crate) fn chip(word: &str) -> String {
    known::<Chip>(word).map_or_else(|| word.to_owned(), |chip| chip.label().to_owned())
}

/// A volume format.
pub(crate) fn volume_format(word: &str) -> String {
    known::<VolumeFormat>(word).map_or_else(|| word.to_owned(), |format| format.label().to_owned())
}

fn known<T: DeserializeOwned>(word: &str) -> Option<T> {
    serde_json::from_value(word.into()).ok()
}
