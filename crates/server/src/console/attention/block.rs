//! The same on the page of a Mac: every reason with its remedy, and the forms by which it is muted and assigned.

use maud::{Markup, html};
use trust::attention::{Mute, Owner};
use trust::code::Code;

use super::row::{admin_list, why};
use crate::app::App;
use crate::attention::view::{AttentionView, Standing};
use crate::console::Visitor;
use crate::console::components::{Table, Tone, badge, moment, section, stamp};
use crate::console::own_form::fresh_key;
use crate::devices::view::DeviceSummary;

/// Fresh keys of the requests that the forms send.
pub(in crate::console) struct Keys {
    assign: String,
    mute: String,
    unmute: String,
}

impl Keys {
    pub(in crate::console) fn fresh(app: &App) -> Self {
        Self {
            assign: fresh_key(app),
            mute: fresh_key(app),
            unmute: fresh_key(app),
        }
    }
}

/// For how long something can be muted, in days.
const SPANS: [(u16, &str); 6] = [
    (1, "a day"),
    (7, "a week"),
    (30, "30 days"),
    (90, "90 days"),
    (180, "180 days"),
    (365, "a year"),
];

/// Why the Mac needs attention, and what is cheapest.
pub(in crate::console) fn block(device: &DeviceSummary) -> Markup {
    let attention = &device.attention;
    let (tone, word) = standing(attention.standing);
    let table = Table {
        label: "Why it needs attention",
        columns: &["Why", "Since", "Whose turn", "Cheapest remedy"],
        short: false,
        rows: attention
            .reasons
            .iter()
            .map(|reason| {
                vec![
                    why(reason),
                    moment(reason.since),
                    html! { (reason.reason.turn.label()) },
                    // What can be clicked stands with its finding, once.
                    html! { (reason.reason.step) (admin_list(&device.id, attention)) },
                ]
            })
            .collect(),
    };
    section(
        "attention",
        "Attention",
        html! {
            p {
                (badge(tone, word))
                @if let Some(owner) = &attention.owner { " Owner: " (owner) }
            }
            @if !attention.reasons.is_empty() { (table.render()) }
            @for mute in &attention.mutes {
                p.hint {
                    (muted_what(mute)) " is muted until " (moment(mute.until)) " by "
                    (trust::words::actor(&mute.by)) ": " (mute.reason)
                }
            }
        },
    )
}

/// Mutes and assigns. It stands outside of what is kept up to date by itself.
pub(in crate::console) fn forms(device: &DeviceSummary, keys: &Keys, visitor: &Visitor) -> Markup {
    let attention = &device.attention;
    section(
        "see-to-it",
        "See to it",
        html! {
            (assign(device, &keys.assign, visitor))
            @if !attention.reasons.is_empty() { (mute(device, &keys.mute, visitor)) }
            @for muted in &attention.mutes { (unmute(device, muted, &keys.unmute, visitor)) }
        },
    )
}

fn assign(device: &DeviceSummary, key: &str, visitor: &Visitor) -> Markup {
    let owner = device.attention.owner.as_ref().map_or("", Owner::as_str);
    html! {
        form method="post" action={ "/devices/" (device.id) "/owner" } {
            (stamp(visitor, key))
            div.field {
                label for="attention-owner" { "Owner" }
                p.hint id="attention-owner-hint" { "A person, a team or a ticket. Empty for nobody." }
                input id="attention-owner" name="owner" value=(owner) maxlength="100" autocomplete="off" aria-describedby="attention-owner-hint";
            }
            p.buttons { button type="submit" { "Assign" } }
        }
    }
}

fn mute(device: &DeviceSummary, key: &str, visitor: &Visitor) -> Markup {
    html! {
        form method="post" action={ "/devices/" (device.id) "/mute" } {
            (stamp(visitor, key))
            div.field {
                label for="mute-code" { "Mute" }
                select id="mute-code" name="code" {
                    option value="" { "The whole Mac" }
                    @for reason in &device.attention.reasons {
                        option value=(reason.reason.code) { (reason.code_title) }
                    }
                }
            }
            div.field {
                label for="mute-days" { "For" }
                select id="mute-days" name="days" {
                    @for (days, words) in SPANS { option value=(days) { (words) } }
                }
            }
            div.field {
                label for="mute-reason" { "Reason" }
                input id="mute-reason" name="reason" required maxlength="500" autocomplete="off";
            }
            p.buttons { button type="submit" { "Mute" } }
        }
    }
}

fn unmute(device: &DeviceSummary, muted: &Mute, key: &str, visitor: &Visitor) -> Markup {
    html! {
        form method="post" action={ "/devices/" (device.id) "/unmute" } {
            (stamp(visitor, key))
            input type="hidden" name="code" value=(muted.code.map_or("", Code::word));
            p.buttons { button type="submit" { "Unmute: " (muted_what(muted)) } }
        }
    }
}

fn muted_what(mute: &Mute) -> &'static str {
    mute.code.map_or("The whole Mac", |code| code.entry().title)
}

fn standing(standing: Standing) -> (Tone, &'static str) {
    match standing {
        Standing::None => (Tone::Good, "needs nobody"),
        Standing::TooNew => (Tone::Idle, "new, left in peace"),
        Standing::Muted => (Tone::Idle, "muted"),
        Standing::Agent => (Tone::Idle, "the agent is at work"),
        Standing::Needed => (Tone::Warn, "needs attention"),
    }
}

impl AttentionView {
    /// Whether there is anything to show of it.
    pub(in crate::console) fn is_worth_showing(&self) -> bool {
        !self.reasons.is_empty() || self.owner.is_some() || !self.mutes.is_empty()
    }
}
