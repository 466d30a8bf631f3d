//! How well a device stands: its score, what it is made of, and what hangs by a thread.

use maud::{Markup, html};
use trust::resilience::Resilience;

use super::page::Shown;
use crate::console::components::{Fact, Tone, badge, empty, facts};

/// The score with its parts and warnings.
pub(super) fn score(shown: &Shown) -> Markup {
    let Some(found) = &shown.resilience.resilience else {
        return empty("Its agent has not told yet.");
    };
    html! {
        p { (badge(tone(found), &format!("{} of 100", found.score))) }
        (facts(&[
            Fact::new("Accounts that can hand a token on", part(found.holders, 40)),
            Fact::new("Independent ways back", part(found.routes, 40)),
            Fact::new("Proof of the recovery key", part(found.freshness, 20)),
            Fact::optional("Days since it was proved", found.days_since_key_proved),
        ]))
        @if !shown.resilience.sentences.is_empty() {
            ul { @for sentence in &shown.resilience.sentences { li { (sentence) } } }
        }
    }
}

fn part(points: u8, most: u8) -> String {
    format!("{points} of {most}")
}

fn tone(found: &Resilience) -> Tone {
    match found.score {
        70.. => Tone::Good,
        40..70 => Tone::Warn,
        ..40 => Tone::Bad,
    }
}
