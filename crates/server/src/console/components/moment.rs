//! A point in time.

use jiff::Timestamp as Moment;
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
