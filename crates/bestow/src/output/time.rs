//! Points in time and spans, for people.

use std::time::Duration;

use jiff::tz::TimeZone;
use trust::time::Timestamp;

/// The time zone in which times are shown.
#[derive(Debug, Clone)]
pub struct Zone(TimeZone);

impl Zone {
    /// The zone of this computer; the variable `TZ` chooses another.
    pub fn local() -> Self {
        Self(TimeZone::system())
    }

    /// Universal time.
    #[cfg(test)]
    pub fn utc() -> Self {
        Self(TimeZone::UTC)
    }
}

/// A point in time such as `2026-11-21 22:05:00 UTC`.
pub fn moment(at: Timestamp, zone: &Zone) -> String {
    match jiff::Timestamp::from_millisecond(at.as_millis()) {
        Ok(point) => point
            .to_zoned(zone.0.clone())
            .strftime("%Y-%m-%d %H:%M:%S %Z")
            .to_string(),
        Err(_) => at.to_string(),
    }
}

/// Reads a span such as `90s`, `36h` or `7d`. A day has 24 hours.
pub fn span(text: &str) -> Result<Duration, String> {
    let refuse = || format!("{text:?} is no span of time; write it like 90s, 36h or 7d");
    let span: jiff::Span = text.parse().map_err(|_| refuse())?;
    let whole = span
        .to_duration(jiff::SpanRelativeTo::days_are_24_hours())
        .map_err(|_| refuse())?;
    let whole = Duration::try_from(whole).map_err(|_| refuse())?;
    if whole.as_secs() == 0 {
        return Err("at least a second".to_owned());
    }
    Ok(whole)
}

/// Reads a point in time such as `2026-11-21T22:05:00Z` or, in the zone of this computer, `2026-11-21 22:05`.
pub fn point_in_time(text: &str) -> Result<Timestamp, String> {
    let refuse = || {
        format!(
            "{text:?} is no point in time; write it like 2026-11-21T22:05:00Z, or 2026-11-21 22:05 for local time"
        )
    };
    if let Ok(point) = text.parse::<jiff::Timestamp>() {
        return Ok(Timestamp(point.as_millisecond()));
    }
    let local: jiff::civil::DateTime = text.parse().map_err(|_| refuse())?;
    let zoned = local.to_zoned(TimeZone::system()).map_err(|_| refuse())?;
    Ok(Timestamp(zoned.timestamp().as_millisecond()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn spans_are_read_as_people_write_them() {
        assert_eq!(span("90s"), Ok(Duration::from_secs(90)));
        assert_eq!(span("7d"), Ok(Duration::from_secs(7 * 86_400)));
        assert_eq!(span("1h 30m"), Ok(Duration::from_secs(5_400)));
        for nonsense in ["", "7", "soon", "-1d", "0s", "1 month"] {
            assert!(span(nonsense).is_err(), "{nonsense:?} was taken for a span");
        }
    }

    #[test]
    fn points_in_time_are_read() {
        assert_eq!(point_in_time("1970-01-01T00:00:01Z"), Ok(Timestamp(1_000)));
        assert_eq!(point_in_time("1970-01-01T01:00:00+01:00"), Ok(Timestamp(0)));
        assert!(point_in_time("2026-11-21 22:05").is_ok());
        for nonsense in ["", "tomorrow", "22:05", "2026-13-01 00:00"] {
            assert!(point_in_time(nonsense).is_err(), "{nonsense:?}");
        }
    }

    #[test]
    fn times_name_their_zone() {
        assert_eq!(moment(Timestamp(0), &Zone::utc()), "1970-01-01 00:00:00 UTC");
        assert_eq!(
            moment(Timestamp(i64::MAX), &Zone::utc()),
            format!("{} ms", i64::MAX)
        );
    }
}
