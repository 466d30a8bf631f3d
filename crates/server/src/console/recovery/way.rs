//! One way back: how it stands, what it needs, and its steps.

use maud::{Markup, html};
use trust::escrow;
use trust::id::DeviceId;
use trust::recovery::{Guide, Standing, Way, WayBack, in_the_vault};

use super::link::WAY;
use crate::console::components::{Fact, Tone, badge, facts, prose};
use crate::console::order::draft::prefilled;

/// A way that may lead back. `key` is where the Mac's recovery key stands in the vault, and `stamp` are the hidden fields of a form, for whoever may send somebody to the Mac.
pub(super) fn open(
    device_id: &DeviceId,
    way: &WayBack,
    key: &escrow::Standing,
    stamp: Option<&Markup>,
) -> Markup {
    html! {
        article.way-back {
            h2 { (way.way.label()) " " (badge(tone(way), way.standing.label())) }
            p { (prose(&way.because)) }
            @if let Some(kept) = in_the_vault(way.way, key) {
                p {
                    strong { (kept) }
                    @if key.keeps_something() {
                        " " a href={ "/devices/" (device_id) "/recovery-key" } { "Show it, or its history" }
                    }
                }
            }
            (list("Not known", &way.unknowns))
            @if let Some(guide) = &way.guide {
                (nature(way.way, guide))
                (steps(guide))
                @if let Some(stamp) = stamp.filter(|_| guide.at_the_mac) { (send_somebody(device_id, way.way, stamp)) }
            }
            @if let Some(action) = &way.action {
                p.buttons { a.button-like.accent href=(prefilled(device_id, action)) { "Open the form, filled in" } }
            }
        }
    }
}

/// The way to a page with these steps for whoever is in front of the Mac.
fn send_somebody(device_id: &DeviceId, way: Way, stamp: &Markup) -> Markup {
    html! {
        form.send-somebody method="post" action={ "/devices/" (device_id) "/recovery/link" } {
            (stamp)
            input type="hidden" name=(WAY) value=(way.word());
            p.hint {
                "A page with these steps alone, for a phone or on paper, and this page then shows how far the Mac is."
            }
            p.buttons {
                button type="submit" { "Make a page for the person at the Mac" span.spoken { ": " (way.label()) } }
            }
        }
    }
}

/// A way that cannot lead back, and why.
pub(super) fn closed(way: &WayBack) -> Markup {
    html! {
        li { strong { (way.way.label()) } p.reason { (prose(&way.because)) } }
    }
}

/// What has to be known before somebody begins.
fn nature(way: Way, guide: &Guide) -> Markup {
    let erases = if guide.loses_data {
        "yes, everything on it is lost"
    } else {
        "no, everything stays"
    };
    let key = match way {
        Way::PersonalRecoveryKey => "the personal one is needed",
        Way::InstitutionalRecoveryKey => "the institutional one is needed",
        Way::AnotherHolder
        | Way::FirstToken
        | Way::BootstrapToken
        | Way::FormerPassword
        | Way::PasswordReset
        | Way::AppleAccount
        | Way::Erase => "none is needed",
    };
    let sharing = if guide.at_the_mac {
        "not possible"
    } else {
        "nobody has to be at the screen"
    };
    facts(&[
        Fact::new("Erases the Mac", erases),
        Fact::new("Recovery key", key),
        Fact::new("Over screen sharing", sharing),
    ])
}

fn steps(guide: &Guide) -> Markup {
    html! {
        @if guide.loses_data {
            p.notice.bad { strong { "Everything on the Mac is lost." } }
        }
        (list("At hand before it begins", &guide.needs))
        h3 {
            @if guide.at_the_mac { "At the Mac; screen sharing does not reach it" } @else { "From here" }
        }
        ol.steps { @for step in &guide.steps { li { (prose(step)) } } }
    }
}

fn list(title: &str, items: &[String]) -> Markup {
    html! {
        @if !items.is_empty() {
            h3 { (title) }
            ul { @for item in items { li { (prose(item)) } } }
        }
    }
}

/// That a way that loses everything is open is no good news.
fn tone(way: &WayBack) -> Tone {
    match way.standing {
        Standing::Open if way.guide.as_ref().is_some_and(|guide| guide.loses_data) => Tone::Idle,
        Standing::Open => Tone::Good,
        Standing::Uncertain => Tone::Warn,
        Standing::Closed => Tone::Idle,
    }
}
