//! How long is left.

use jiff::Timestamp as Moment;
use maud::{Markup, html};
use trust::time::Timestamp;

/// How long is left at `now` until then. A script keeps it true while the page is read.
pub(crate) fn countdown(until: Timestamp, now: Timestamp) -> Markup {
    let words = left(until.since(now).as_secs() / 60);
    match Moment::from_millisecond(until.as_millis()) {
        Ok(moment) => html! { span data-until=(moment) { (words) } },
        Err(_) => html! { (words) },
    }
}

/// So many minutes in words, the two largest units of them. `countdown.js` says the same.
fn left(minutes: u64) -> String {
    let (days, hours) = (minutes / (24 * 60), minutes / 60 % 24);
    let unit = |count: u64, one: &str| match count {
        0 => None,
        1 => Some(format!("1 {one}")),
        _ => Some(format!("{count} {one}s")),
    };
    let parts = match (days, hours) {
        (0, 0) => [unit(minutes, "minute"), None],
        (0, _) => [unit(hours, "hour"), unit(minutes % 60, "minute")],
        _ => [unit(days, "day"), unit(hours, "hour")],
    };
    let told: Vec<String> = parts.into_iter().flatten().collect();
    match told.is_empty() {
        true => "less than a minute".to_owned(),
        false => told.join(" "),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_two_largest_units_are_told() {
        for (minutes, words) in [
            (0, "less than a minute"),
            (1, "1 minute"),
            (59, "59 minutes"),
            (60, "1 hour"),
            (125, "2 hours 5 minutes"),
            (24 * 60 + 61, "1 day 1 hour"),
            (48 * 60 + 59, "2 days"),
        ] {
            assert_eq!(left(minutes), words);
        }
    }
}
