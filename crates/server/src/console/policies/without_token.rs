//! The Macs whose primary user holds no token, and what a grant lacks on each.

use maud::{Markup, html};
use trust::bulk::Readiness;
use trust::code::Code;

use crate::console::components::{Table, Tone, badge, query};
use crate::console::order::draft::prefilled;
use crate::page::Page;
use crate::policies::token_for_primary_users::list::WithoutToken;
use crate::policies::token_for_primary_users::show::TokenForPrimaryUsers;

/// The form for many Macs at once, narrowed down to these; it fills in whose account it is on each.
const BULK: &str = "/bulk/new?finding=primary_user_without_token";

/// The list, a page of it.
pub(super) fn without_token(policy: &TokenForPrimaryUsers, macs: &Page<WithoutToken>) -> Markup {
    let count = policy.without_token;
    html! {
        @if policy.refreshing { p.hint { "Macs are still being looked at; the list grows or shrinks by itself." } }
        @if macs.items.is_empty() {
            @if !policy.refreshing { p.empty.good { "Every person who is known to use a Mac holds a token there." } }
        } @else {
            h3 { (count) @if count == 1 { " Mac whose person holds no token" } @else { " Macs whose person holds no token" } }
            (table(&macs.items))
            p.buttons {
                @if let Some(cursor) = &macs.next_cursor {
                    a.button-like href={ "/policies" (query(&[("cursor", Some(cursor))])) } { "More Macs" }
                }
                a.button-like.primary href=(BULK) { "Grant on many of them" }
            }
        }
    }
}

fn table(macs: &[WithoutToken]) -> Markup {
    let table = Table {
        label: "Macs whose person holds no token",
        columns: &["Mac", "Person", "Account", "Token", "Plan"],
        short: false,
        rows: macs.iter().map(cells).collect(),
    };
    table.render()
}

fn cells(mac: &WithoutToken) -> Vec<Markup> {
    vec![
        html! { a href={ "/devices/" (mac.device_id) } { (mac.device_name) } },
        html! { (mac.person.as_deref().unwrap_or("–")) },
        html! { (mac.account.as_deref().unwrap_or("–")) },
        html! {
            @match mac.token.as_deref() {
                Some("absent") => { (badge(Tone::Idle, "absent")) }
                Some(word) => { (badge(Tone::Bad, word)) }
                None => { (badge(Tone::Warn, "no account yet")) }
            }
        },
        plan(mac),
    ]
}

/// What an action lacks that would mend it, with the way to its form.
fn plan(mac: &WithoutToken) -> Markup {
    let tone = match mac.readiness {
        Readiness::Ready => Tone::Good,
        Readiness::NeedsCredential => Tone::Warn,
        Readiness::NeedsPerson => Tone::Bad,
        Readiness::Done => Tone::Idle,
    };
    html! {
        (badge(tone, mac.readiness.label()))
        @if let Some(code) = mac.code { p.reason { (title(code)) } }
        @if let Some(action) = mac.action.as_ref().filter(|_| mac.readiness == Readiness::NeedsCredential) {
            p.reason { a href=(prefilled(&mac.device_id, action)) { "Open the form, filled in" } }
        }
    }
}

fn title(code: Code) -> Markup {
    html! { a href={ "/codes/" (code) } { (code.entry().title) } }
}
