//! How far a run has come: a bar, and the numbers that it is made of.

use maud::{Markup, html};
use trust::bulk::RunProgress;
use trust::words::HELD;

/// How finely the bar is divided.
const WHOLE: u64 = 10_000;

/// A part of the bar.
pub(super) struct Part {
    /// The class of the style sheet.
    pub class: &'static str,
    /// How many Macs.
    pub count: u64,
    /// What these have in common.
    pub word: &'static str,
    /// The results that the list narrows down to by it.
    pub result: &'static str,
}

/// The parts of the bar, from left to right: what has ended, what is under way, what waits.
pub(super) fn parts(progress: &RunProgress) -> [Part; 9] {
    let part = |class, count, word, result| Part {
        class,
        count,
        word,
        result,
    };
    [
        part("good", progress.succeeded, "succeeded", "succeeded"),
        part("bad", progress.failed, "failed", "failed"),
        part("warn", progress.refused, "refused", "refused"),
        part("gone", progress.expired, "expired", "expired"),
        part("gone", progress.cancelled, "cancelled", "cancelled"),
        part("busy", progress.running, "running", "running"),
        part("busy", progress.offered, "shown to the Mac", "offered"),
        part("wait", progress.queued, "waiting for the Mac", "queued"),
        part("held", progress.held, HELD, "queued"),
    ]
}

/// The bar, with how far it is in words beside it.
pub(in crate::console::bulk) fn bar(progress: &RunProgress) -> Markup {
    let (ended, all) = (progress.ended(), progress.ready);
    let words = format!("{ended} of {all} ended");
    html! {
        div.progress {
            div.bar role="progressbar" aria-label="Ended" aria-valuemin="0" aria-valuemax=(all.max(1)) aria-valuenow=(ended)
                aria-valuetext=(words) {
                svg aria-hidden="true" viewBox={ "0 0 " (WHOLE) " 10" } preserveAspectRatio="none" {
                    @for (class, from, width) in stretches(progress) {
                        rect class=(class) x=(from) y="0" width=(width) height="10" {}
                    }
                }
            }
            span.told { (words) }
        }
    }
}

/// The parts of the bar that are to be seen: class, beginning and width.
fn stretches(progress: &RunProgress) -> Vec<(&'static str, u64, u64)> {
    let all = u128::from(progress.ready.max(1));
    let place = |passed: u64| {
        let place = u128::from(passed) * u128::from(WHOLE) / all;
        u64::try_from(place).unwrap_or(WHOLE).min(WHOLE)
    };
    let mut passed = 0;
    let mut stretches = Vec::new();
    for part in parts(progress) {
        let from = place(passed);
        passed += part.count;
        if part.count > 0 {
            stretches.push((part.class, from, place(passed) - from));
        }
    }
    stretches
}

/// The numbers, each with the way to its Macs.
pub(super) fn numbers(progress: &RunProgress, address: &str) -> Markup {
    let lacking = [
        (progress.done, "done already", "done"),
        (progress.needs_credential, "need a credential", "needs_credential"),
        (progress.needs_person, "need a person", "needs_person"),
    ];
    html! {
        ul.counts.key {
            @for part in parts(progress).into_iter().filter(|part| part.count > 0) {
                li class=(part.class) {
                    a href={ (address) "?result=" (part.result) } { span.count { (part.count) } " " (part.word) }
                }
            }
            @for (count, words, result) in lacking.into_iter().filter(|(count, ..)| *count > 0) {
                li.none { a href={ (address) "?result=" (result) } { span.count { (count) } " " (words) } }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_bar_is_full_when_every_part_has_its_stretch() {
        let progress = RunProgress {
            ready: 7,
            succeeded: 3,
            failed: 1,
            running: 1,
            held: 2,
            ..RunProgress::default()
        };
        let stretches = stretches(&progress);
        assert_eq!(stretches.iter().map(|(_, _, width)| width).sum::<u64>(), WHOLE);
        let classes: Vec<_> = stretches.iter().map(|(class, ..)| *class).collect();
        assert_eq!(classes, ["good", "bad", "busy", "held"]);
        let mut end = 0;
        for (_, from, width) in stretches {
            assert_eq!(from, end);
            end = from + width;
        }
        assert!(super::stretches(&RunProgress::default()).is_empty());
    }
}
