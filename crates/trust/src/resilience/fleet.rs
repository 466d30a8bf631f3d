//! How well all Macs of an organisation stand, from how many have each score.

use serde::Serialize;

/// How many Macs stand how well.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Fleet {
    /// Macs that have told.
    pub devices: u64,
    /// The mean of their scores, rounded to the nearest whole number, halves up; `None` when none has told.
    pub average: Option<u8>,
    /// How many have which score, the worst first: always the same five bands.
    pub bands: Vec<Band>,
}

/// Macs whose scores lie close together.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Band {
    /// The lowest score.
    pub from: u8,
    /// The highest score.
    pub to: u8,
    /// How many Macs.
    pub devices: u64,
}

/// The lowest and the highest score of each band.
pub const BANDS: [(u8, u8); 5] = [(0, 19), (20, 39), (40, 59), (60, 79), (80, 100)];

/// The band that a score lies in, by its lowest and its highest score.
pub fn band_of(score: u8) -> (u8, u8) {
    let within = |(from, to): &(u8, u8)| (*from..=*to).contains(&score);
    BANDS.into_iter().find(within).unwrap_or(BANDS[4])
}

/// What follows from how many Macs have each score.
pub fn fleet(scores: &[(u8, u64)]) -> Fleet {
    let within = |from: u8, to: u8| {
        let of_band = scores.iter().filter(|(score, _)| (from..=to).contains(score));
        of_band.map(|(_, devices)| devices).sum()
    };
    let devices = scores.iter().map(|(_, devices)| devices).sum();
    let sum = scores
        .iter()
        .map(|(score, devices)| u64::from(*score) * devices)
        .sum();
    Fleet {
        devices,
        average: average(devices, sum),
        bands: BANDS
            .into_iter()
            .map(|(from, to)| Band {
                from,
                to,
                devices: within(from, to),
            })
            .collect(),
    }
}

/// The mean of so many scores with this sum, rounded to the nearest whole number, halves up; `None` of none.
pub fn average(devices: u64, sum: u64) -> Option<u8> {
    let mean = (2 * sum + devices).checked_div(2 * devices)?;
    u8::try_from(mean).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_score_is_in_one_band() {
        let scores: Vec<(u8, u64)> = (0..=100).map(|score| (score, 1)).collect();
        let all = fleet(&scores);
        assert_eq!((all.devices, all.average), (101, Some(50)));
        let counted: Vec<u64> = all.bands.iter().map(|band| band.devices).collect();
        assert_eq!(counted, [20, 20, 20, 20, 21]);
        for band in all.bands {
            for score in band.from..=band.to {
                assert_eq!(band_of(score), (band.from, band.to));
            }
        }
    }

    #[test]
    fn the_mean_is_rounded_to_the_nearest_and_of_none_there_is_none() {
        assert_eq!(fleet(&[(100, 1), (95, 1)]).average, Some(98));
        assert_eq!(fleet(&[(100, 1), (0, 2)]).average, Some(33));
        assert_eq!(fleet(&[]).average, None);
    }
}
