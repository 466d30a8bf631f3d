//! `GET /resilience`: how well the fleet stands.

use axum::extract::State;
use maud::{Markup, html};
use trust::resilience::Fleet;

use crate::app::SharedApp;
use crate::console::attention;
use crate::console::components::{Fact, Table, crumbs, empty, facts, query, section};
use crate::console::{Page, Place, Visitor};
use crate::devices::standing::band_word;
use crate::problem::Problem;
use crate::resilience::{DayView, FleetResilience, WarningCount, view};

/// So many days are shown; the API tells more.
const DAYS: usize = 30;

/// Shows how well the fleet stands.
pub(crate) async fn show_resilience(
    State(app): State<SharedApp>,
    visitor: Visitor,
) -> Result<Markup, Problem> {
    let told = view(&app, visitor.caller.organization_id).await?;
    let page = Page {
        title: "How well the fleet stands",
        visitor: Some(&visitor),
        place: Place::NeedsAttention,
        contents: contents(&told),
    };
    Ok(page.render())
}

fn contents(told: &FleetResilience) -> Markup {
    html! {
        (crumbs(&[("Needs Attention", Some(attention::ADDRESS.to_owned()))]))
        h1 { "How well the fleet stands" }
        p.lead {
            "How much has to go wrong on a Mac before nobody can hand a token on, as a score from 0 to 100. It follows from who holds a "
            "token there, which ways back there are, and when the recovery key was last proved."
        }
        @if told.fleet.devices == 0 {
            (empty("No Mac has told yet."))
        } @else {
            (facts(&[
                Fact::new("Macs", told.fleet.devices),
                Fact::optional("Mean score", told.fleet.average.map(|average| format!("{average} of 100"))),
            ]))
            (section("bands", "Scores", bands(&told.fleet)))
            (section("threads", "What hangs by a thread", warnings(&told.warnings)))
            (section("days", "Day by day", days(&told.days)))
        }
    }
}

fn bands(fleet: &Fleet) -> Markup {
    let row = |band: &trust::resilience::Band| {
        vec![
            html! { (band.from) " to " (band.to) },
            behind(band.devices, &[("score", Some(&band_word((band.from, band.to))))]),
            html! { (percent(band.devices, fleet.devices)) },
        ]
    };
    let table = Table {
        label: "How many Macs have which score",
        columns: &["Score", "Macs", "Share"],
        short: true,
        rows: fleet.bands.iter().map(row).collect(),
    };
    table.render()
}

/// How many Macs, as a link to the list of them.
fn behind(devices: u64, filter: &[(&str, Option<&str>)]) -> Markup {
    let noun = if devices == 1 { "Mac" } else { "Macs" };
    html! {
        @if devices == 0 { "none" } @else { a href={ "/" (query(filter)) } { (devices) " " (noun) } }
    }
}

fn percent(part: u64, whole: u64) -> String {
    let rounded = (part * 200 + whole).checked_div(whole * 2);
    rounded.map_or_else(String::new, |percent| format!("{percent} %"))
}

fn warnings(warnings: &[WarningCount]) -> Markup {
    if warnings.is_empty() {
        return empty("Nothing on any Mac.");
    }
    let row = |one: &WarningCount| {
        let word = Some(one.warning.word());
        vec![
            html! { (one.sentence) },
            behind(one.devices, &[("warning", word)]),
        ]
    };
    let table = Table {
        label: "What hangs by a thread, and on how many Macs",
        columns: &["What", "Macs"],
        short: false,
        rows: warnings.iter().map(row).collect(),
    };
    table.render()
}

fn days(days: &[DayView]) -> Markup {
    let row = |one: &DayView| {
        vec![
            html! { (one.day.utc_day()) },
            html! { (one.average) },
            html! { (one.devices) },
        ]
    };
    let table = Table {
        label: "The mean score at the end of each day, the latest first",
        columns: &["Day (UTC)", "Mean score", "Macs"],
        short: true,
        rows: days.iter().rev().take(DAYS).map(row).collect(),
    };
    table.render()
}
