//! A point in time.

use jiff::Timestamp as Moment;
use maud::{Markup, html};
use trust::time::Timestamp;

/// A point in time, in UTC to the second.
pub(crate) fn moment(at: Timestamp) -> Markup {
    match Moment::from_millisecond(at.as_millis()) {
        Ok(moment) => html! {
            time datetime=(moment) { (moment.strftime("%Y-%m-%d %H:%M:%S UTC")) }
        },
        Err(_) => html! { "never" },
    }
}

/// A point in time, or a dash.
pub(crate) fn optional_moment(at: Option<Timestamp>) -> Markup {
    at.map_or_else(|| html! { "–" }, moment)
}
