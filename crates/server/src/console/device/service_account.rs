//! Service account: whether it is valid, why not, what repairs it, and what the agent did by itself.

use maud::{Markup, html};
use trust::service_account::{RECORD_NAME, ReasonKind, Status};
use trust::words::actor;

use super::page::Shown;
use crate::console::Visitor;
use crate::console::components::{Fact, Table, Tone, badge, facts, moment, optional_moment};
use crate::console::order::kind::OrderKind;
use crate::console::policy_conflict::outcome;
use crate::devices::service_account::ServiceAccountView;

/// How a status looks.
pub(in crate::console) fn status_badge(word: &str, easily_recovered: bool) -> Markup {
    let (tone, label) = match word {
        "valid" => (Tone::Good, "Valid"),
        "invalid" if easily_recovered => (Tone::Warn, "Invalid, easily recovered"),
        "invalid" => (Tone::Bad, "Invalid"),
        "awaiting_first_login" => (Tone::Idle, "Awaiting first login"),
        "not_wanted" => (Tone::Idle, "Not wanted"),
        _ => (Tone::Idle, "Unknown"),
    };
    badge(tone, label)
}

/// Everything about the service account of a Mac.
pub(super) fn section_of(shown: &Shown) -> Markup {
    let view = &shown.service_account;
    html! {
        p {
            (status_badge(view.status.word(), view.easily_recovered)) " "
            @match &view.status {
                Status::Valid { proved_at } => { "Its password opened Open Directory and the disk: " (moment(*proved_at)) "." }
                Status::AwaitingFirstLogin => {
                    "Nothing is wrong yet. It is made when an administrator who holds a Secure Token logs in after a restart."
                }
                Status::NotWanted { why } | Status::Unknown { why } => { (why) "." }
                Status::Invalid { .. } => { (view.consequence.unwrap_or_default()) }
            }
        }
        @if !view.status.reasons().is_empty() { (reasons(view)) }
        (conflict(shown))
        @if !view.ladder.is_empty() { (ladder(view)) }
        (settings(view))
        @if shown.may_act && !shown.device.pending { (buttons(shown)) }
        @if !view.deeds.is_empty() { (deeds(view)) }
    }
}

fn reasons(view: &ServiceAccountView) -> Markup {
    html! {
        ul.reasons {
            @for reason in view.status.reasons() {
                li {
                    strong { (reason.reason.label()) } ": " (reason.saw) ", seen " (moment(reason.at)) " by " code { (reason.by) } ". "
                    a href={ "/codes/" (reason.reason.code()) } { "More on this" }
                }
            }
        }
    }
}

/// What stands in the way, and where somebody is led past it. The buttons stand on that page: nothing may move under them.
fn conflict(shown: &Shown) -> Markup {
    let view = &shown.service_account;
    html! {
        @if view.policy_conflict {
            h3 { "No password satisfies the Mac's policy" }
            p { "These rules leave none together:" }
            ul { @for rule in &view.conflicting_rules { li { (rule.phrase()) } } }
            p.buttons {
                a.button-like.accent href={ "/devices/" (shown.device.id) "/policy-conflict" } { "Choose a way past the policy" }
            }
        }
        @if let Some(chosen) = &view.chosen {
            h3 { "A way past the password policy" }
            p {
                "Chosen by " (actor(&chosen.by)) ", " (moment(chosen.at)) ": "
                a href={ "/devices/" (shown.device.id) "/policy-conflict" } { (chosen.label) } "."
            }
            (outcome(chosen))
        }
    }
}

fn ladder(view: &ServiceAccountView) -> Markup {
    let table = Table {
        label: "Ways to repair it, the cheapest first",
        columns: &["Way", "Costs", "Stands"],
        short: true,
        rows: view
            .ladder
            .iter()
            .map(|standing| {
                vec![
                    html! { (standing.rung.label()) },
                    html! { (standing.cost.label()) },
                    match &standing.closed {
                        None => badge(Tone::Good, "open"),
                        Some(why) => html! { (badge(Tone::Idle, "closed")) " " (why) },
                    },
                ]
            })
            .collect(),
    };
    html! {
        h3 { "Ways to repair it" }
        (table.render())
    }
}

fn settings(view: &ServiceAccountView) -> Markup {
    let excluded: Vec<&str> = view
        .settings
        .excluded_accounts
        .iter()
        .map(|name| name.as_str())
        .collect();
    let never = match excluded.as_slice() {
        [] => "nobody".to_owned(),
        names => names.join(", "),
    };
    let told = match view.settings_known_to_agent {
        Some(true) => "yes",
        Some(false) => "at its next check-in",
        None => "not told",
    };
    let seen = view.seen.as_ref();
    facts(&[
        Fact::new(
            "New password every",
            format!("{} days", view.settings.rotate_every_days),
        ),
        Fact::new(
            "Next rotation",
            optional_moment(seen.and_then(|seen| seen.rotation_due_at)),
        ),
        Fact::new(
            "Policy asks for a new one",
            optional_moment(seen.and_then(|seen| seen.policy.expires_at)),
        ),
        Fact::new("Never grants to", never),
        Fact::new(
            "Can authorise updates",
            format!("{}: {}", view.updates.able.label(), view.updates.because),
        ),
        Fact::new("Agent goes by this", told),
    ])
}

/// What can be asked now: each leads to its form, where the plan says what would come of it.
fn buttons(shown: &Shown) -> Markup {
    let view = &shown.service_account;
    let missing = view.status.has(ReasonKind::Missing) || view.status == Status::AwaitingFirstLogin;
    let kinds: &[OrderKind] = match &view.status {
        _ if missing => &[OrderKind::CreateServiceAccount],
        Status::Invalid { .. } => &[OrderKind::RepairServiceAccount, OrderKind::RemoveServiceAccount],
        Status::NotWanted { .. } if !is_there(shown) => &[],
        Status::NotWanted { .. } => &[OrderKind::RemoveServiceAccount],
        _ => &[
            OrderKind::RotateServiceAccountPassword,
            OrderKind::RepairServiceAccount,
            OrderKind::RemoveServiceAccount,
        ],
    };
    html! {
        p.buttons {
            @for kind in kinds {
                a.button-like href={ "/devices/" (shown.device.id) "/" (kind.slug()) } { (kind.label()) }
            }
        }
    }
}

fn is_there(shown: &Shown) -> bool {
    let seen = shown.observation.as_ref();
    seen.is_some_and(|seen| seen.account(RECORD_NAME).is_some())
}

/// Whether this Mac is to have one at all. It stands outside of what is kept up to date by itself.
pub(super) fn exclusion(shown: &Shown, visitor: &Visitor, key: &str) -> Markup {
    let view = &shown.service_account;
    html! {
        form #service-account-exclusion method="post" action={ "/devices/" (shown.device.id) "/service-account-exclusion" } {
            (crate::console::components::stamp(visitor, key))
            input type="hidden" name="excluded" value=(!view.excluded);
            p.buttons {
                button type="submit" {
                    @if view.excluded { "Let this Mac have a service account again" } @else { "Exclude this Mac from having a service account" }
                }
            }
        }
    }
}

fn deeds(view: &ServiceAccountView) -> Markup {
    let table = Table {
        label: "What the agent did by itself",
        columns: &["When", "What", "Account", "Outcome"],
        short: true,
        rows: view
            .deeds
            .iter()
            .map(|deed| {
                vec![
                    moment(deed.at),
                    html! { (deed.label) },
                    html! { (deed.account.as_deref().unwrap_or("–")) },
                    html! { a href={ "/codes/" (deed.code) } { (deed.code_title) } },
                ]
            })
            .collect(),
    };
    html! {
        h3 { "What the agent did by itself" }
        (table.render())
    }
}
