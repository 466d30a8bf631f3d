//! How well devices stand that a list is asked for: with which warning, and in which band of scores.

use store::resilience::Standing;
use trust::resilience::{BANDS, Warning};

use crate::problem::Problem;

/// What is asked for by the word of a warning and by a band such as `20-39`; what is empty asks for nothing.
pub(crate) fn standing(warning: Option<&str>, score: Option<&str>) -> Result<Standing, Problem> {
    let warning = warning.filter(|word| !word.is_empty()).map(|word| {
        let says = "is `nobody_can_grant`, `one_holder`, `no_proved_holder`, `no_service_account`, `no_recovery_key` or \
                    `recovery_key_not_proved`";
        Warning::from_word(word).ok_or_else(|| Problem::invalid("warning", says))
    });
    let band = score.filter(|text| !text.is_empty()).map(|text| {
        let says = "is `0-19`, `20-39`, `40-59`, `60-79` or `80-100`";
        let found = BANDS.into_iter().find(|band| band_word(*band) == text);
        found.ok_or_else(|| Problem::invalid("score", says))
    });
    Ok(Standing {
        warning: warning.transpose()?,
        band: band.transpose()?,
    })
}

/// A band as it is asked for.
pub(crate) fn band_word((from, to): (u8, u8)) -> String {
    format!("{from}-{to}")
}
