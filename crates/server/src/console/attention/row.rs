//! One Mac that needs attention, and its cheapest remedy as one click.

use maud::{Markup, html};
use trust::code::Code;
use trust::finding::RemedyKind;
use trust::id::DeviceId;

use crate::attention::view::{AttentionView, ReasonView};
use crate::console::components::{Tone, badge, moment, optional_moment};
use crate::console::order::draft::prefilled;
use crate::devices::view::DeviceSummary;

/// The cells of a Mac, by the reason that was asked for, or by what is to be seen to first.
pub(super) fn cells(device: &DeviceSummary, asked: Option<Code>) -> Vec<Markup> {
    let attention = &device.attention;
    let code = asked.or(attention.first);
    let stands_for = attention
        .reasons
        .iter()
        .find(|reason| Some(reason.reason.code) == code);
    vec![
        html! { a href={ "/devices/" (device.id) "#attention" } { (device.name) } },
        html! {
            @if let Some(reason) = stands_for {
                (why(reason))
                @let others = attention.reasons.len() - 1;
                @if others > 0 { p.hint { "and " (others) " more" } }
            }
        },
        optional_moment(attention.since),
        html! { @if let Some(reason) = stands_for { (reason.reason.turn.label()) } },
        html! { @if let Some(reason) = stands_for { (remedy(&device.id, device.pending, attention, reason)) } },
        html! {
            (attention.owner.as_ref().map_or("–", |owner| owner.as_str()))
            p.hint { a href={ "/devices/" (device.id) "#see-to-it" } { "Mute or assign" span.spoken { " " (device.name) } } }
        },
    ]
}

/// What was found, of whom, and whether it is muted.
pub(super) fn why(reason: &ReasonView) -> Markup {
    html! {
        a href={ "/codes/" (reason.reason.code) } { (reason.code_title) }
        @if !reason.reason.accounts.is_empty() { ": " (reason.reason.accounts.join(", ")) }
        @if let Some(until) = reason.muted_until {
            p.hint { (badge(Tone::Idle, "muted")) " until " (moment(until)) }
        }
    }
}

/// The way to those who can help to a service account that is missing.
pub(super) fn admin_list(id: &DeviceId, attention: &AttentionView) -> Markup {
    html! {
        @if attention.admin_list.is_some() {
            p.hint { a href={ "/devices/" (id) "/admin-list" } { "View admin list" } }
        }
    }
}

/// What is cheapest: a form that is filled in, the page that leads through it, or what to tell whom.
fn remedy(id: &DeviceId, is_pending: bool, attention: &AttentionView, reason: &ReasonView) -> Markup {
    let reason = &reason.reason;
    let action = reason.action.as_ref().filter(|_| !is_pending);
    let is_order = reason.remedy == RemedyKind::Console;
    html! {
        @match (reason.remedy, action) {
            (RemedyKind::Console, Some(action)) => {
                a.button-like.accent href=(prefilled(id, action)) { (reason.step) }
            }
            (RemedyKind::Recovery, _) => {
                p { (reason.step) }
                a.button-like.accent href={ "/devices/" (id) "/recovery" } { "Show the ways back" }
            }
            _ => { p { (reason.step) } }
        }
        @if let Some(action) = action.filter(|_| !is_order && reason.remedy != RemedyKind::Recovery) {
            p.hint { a href=(prefilled(id, action)) { "Do it now from here" } }
        }
        (admin_list(id, attention))
        @if is_pending { p.hint { "Once the Mac is approved." } }
    }
}
