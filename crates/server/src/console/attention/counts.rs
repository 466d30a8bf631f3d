//! How many Macs need attention and what for: each count narrows the list down to what it counts.

use maud::{Markup, html};
use trust::attention::Turn;

use super::ADDRESS;
use crate::attention::counts::AttentionCounts;
use crate::attention::filter::Filter;

/// The counts, each a link; what is chosen is marked.
pub(super) fn counts_of(counts: &AttentionCounts, filter: &Filter) -> Markup {
    let turns = counts.turns.iter();
    let remedies = counts.remedies.iter();
    let reasons = counts.reasons.iter();
    html! {
        nav.counts aria-label="Narrow down" {
            (group("Whose turn", turns.map(|count| (
                "turn", count.turn.word(), count.label, count.devices, filter.turn == Some(count.turn),
            ))))
            (group("Remedy", remedies.map(|count| (
                "remedy", count.remedy.word(), count.label, count.devices, filter.remedy == Some(count.remedy),
            ))))
            (group("Why", reasons.map(|count| (
                "reason", count.reason.word(), count.label, count.devices, filter.reason == Some(count.reason),
            ))))
            (group("Not in the list", [
                ("turn", Turn::Agent.word(), "Being mended by their agents", counts.agent, filter.turn == Some(Turn::Agent)),
                ("muted", "true", "Muted", counts.muted, filter.muted),
            ].into_iter().filter(|(.., devices, _)| *devices > 0)))
            @if counts.too_new > 0 {
                p.hint { (counts.too_new) " not older than " (counts.after_days.days()) " days are left in peace." }
            }
        }
    }
}

type Count<'a> = (&'a str, &'a str, &'a str, u64, bool);

fn group<'a>(title: &str, counts: impl Iterator<Item = Count<'a>>) -> Markup {
    let counts: Vec<Count<'_>> = counts.collect();
    html! {
        @if !counts.is_empty() {
            div {
                h2 { (title) }
                ul {
                    @for (name, word, label, devices, is_chosen) in counts {
                        li {
                            a href={ (ADDRESS) "?" (name) "=" (word) } aria-current=[is_chosen.then_some("true")] {
                                (label) " " strong { (devices) }
                            }
                        }
                    }
                }
            }
        }
    }
}
