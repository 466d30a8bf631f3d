//! A point in time.

use jiff::Timestamp as Moment;
use jiff::civil::DateTime;
use jiff::tz::TimeZone;
use maud::{Markup, html};
use trust::time::Timestamp;

/// A point in time, to the second. It is in UTC, as the foot of every page says; a script puts it into the reader's own
/// zone.
pub(crate) fn moment(at: Timestamp) -> Markup {
    match Moment::from_millisecond(at.as_millis()) {
        Ok(moment) => html! {
            time datetime=(moment) { (moment.strftime("%Y-%m-%d %H:%M:%S")) }
        },
        Err(_) => html! { "never" },
    }
}

/// A point in time, or a dash.
pub(crate) fn optional_moment(at: Option<Timestamp>) -> Markup {
    at.map_or_else(|| html! { "–" }, moment)
}

/// A hint beside a field for a point in time, which says in which zone it is typed.
pub(crate) fn utc_hint(text: &str) -> Markup {
    html! { (text) " Time zone: " span data-zone { "UTC" } "." }
}

/// What was typed into a field for a point in time, which browsers send as `2026-11-21T22:00`; `None` when it is empty.
pub(crate) fn read_moment(text: &str) -> Result<Option<Timestamp>, String> {
    if text.is_empty() {
        return Ok(None);
    }
    let typed = text.parse::<DateTime>();
    let moment = typed.and_then(|typed| typed.to_zoned(TimeZone::UTC));
    moment
        .map(|moment| Some(Timestamp(moment.timestamp().as_millisecond())))
        .map_err(|_| "Enter a date and a time, such as 2026-11-21T22:00.".to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_time_is_read_as_browsers_send_it() {
        assert_eq!(read_moment(""), Ok(None));
        assert_eq!(read_moment("1970-01-02T00:01"), Ok(Some(Timestamp(86_460_000))));
        assert_eq!(read_moment("1970-01-01T00:00:01"), Ok(Some(Timestamp(1_000))));
        for nonsense in ["soon", "2026-13-01T00:00", "22:00"] {
            assert!(read_moment(nonsense).is_err(), "{nonsense}");
        }
    }
}
