//! `GET /devices/{id}/policy-conflict`: the page.

use axum::extract::State;
use maud::{Markup, html};
use store::device::Device;
use trust::access::Permission;
use trust::mdm::ONE_MDM_ONLY;
use trust::service_account::policy_conflict::{ObstructingRule, Retry};
use trust::words::actor;

use super::way;
use crate::app::{App, SharedApp};
use crate::console::components::{Fact, Table, Tone, badge, crumbs, facts, moment, section};
use crate::console::own_form::fresh_key;
use crate::console::{Page, Place, Visitor};
use crate::devices::policy_conflict::ChosenView;
use crate::devices::service_account::{ServiceAccountView, view};
use crate::input::PathOf;
use crate::problem::Problem;

/// Shows the ways past the policy of a device.
pub(crate) async fn show_ways(
    State(app): State<SharedApp>,
    visitor: Visitor,
    PathOf(id): PathOf,
) -> Result<Markup, Problem> {
    let device = crate::devices::find(&app, &visitor.caller, &id).await?;
    let account = view(&app, &device).await?;
    let page = Page {
        title: &format!("Password policy · {}", device.name),
        visitor: Some(&visitor),
        place: Place::Manage,
        contents: contents(&app, &device, &account, &visitor),
    };
    Ok(page.render())
}

fn contents(app: &App, device: &Device, account: &ServiceAccountView, visitor: &Visitor) -> Markup {
    html! {
        (crumbs(&[
            ("Manage", Some("/".to_owned())),
            (&device.name, Some(format!("/devices/{}", device.id))),
        ]))
        h1 { "Past the password policy" }
        div #policy-conflict data-live {
            @if account.policy_conflict {
                p.lead { (badge(Tone::Bad, "conflict")) " No password satisfies the policy of this Mac." }
                p {
                    "The service account needs a password that the Mac makes by itself. These rules leave none together; \
                     nothing is wrong with any one of them alone."
                }
                (rules("Rules in the way", &account.conflicting_rules))
            } @else {
                p.lead {
                    (badge(Tone::Good, "no conflict"))
                    " By what the Mac told last, its password policy stands in nobody's way."
                }
            }
            @if let Some(chosen) = &account.chosen { (section("chosen", "The way that was chosen", shown(chosen))) }
        }
        @if !account.choices.is_empty() && !device.pending && visitor.may(Permission::Act) { (ways(app, device, account, visitor)) }
    }
}

/// Outside of what is kept up to date by itself: nothing may move under what is being filled in.
fn ways(app: &App, device: &Device, account: &ServiceAccountView, visitor: &Visitor) -> Markup {
    let closed: Vec<_> = account
        .choices
        .iter()
        .filter_map(|choice| Some((choice, choice.against()?)))
        .collect();
    html! {
        h2 { "Ways past it" }
        p {
            "Choose a way. What you chose is kept with your name, and the Mac tries again at once; choose it again when you have \
             done what it asks for, and the Mac tries once more."
        }
        p.hint { (ONE_MDM_ONLY) }
        @for choice in account.choices.iter().filter(|choice| choice.is_open()) {
            (way::open(choice, device, visitor, &fresh_key(app)))
        }
        @if !closed.is_empty() {
            (section("closed-ways", "Closed ways", html! {
                ul.closed-ways { @for (choice, against) in closed { (way::closed(choice, against)) } }
            }))
        }
        p {
            "A Mac that can do without a service account can be "
            a href={ "/devices/" (device.id) "#service-account-exclusion" } { "excluded from having one" } "."
        }
    }
}

fn rules(label: &str, rules: &[ObstructingRule]) -> Markup {
    let table = Table {
        label,
        columns: &["Rule", "Who set it"],
        short: false,
        rows: rules
            .iter()
            .map(|rule| vec![html! { (rule.words) }, html! { (rule.origin.words()) }])
            .collect(),
    };
    table.render()
}

fn shown(chosen: &ChosenView) -> Markup {
    html! {
        (facts(&[
            Fact::new("Way", chosen.label),
            Fact::new("Chosen by", actor(&chosen.by)),
            Fact::new("Chosen", moment(chosen.at)),
            Fact::optional("Reason", chosen.reason.as_ref()),
        ]))
        (outcome(chosen))
        @if !matches!(chosen.retry, Retry::Succeeded { .. } | Retry::NotWanted) {
            h3 { "What you do" }
            ol.steps { @for step in &chosen.steps { li { (step) } } }
        }
    }
}

/// What came of trying again after the choice.
pub(in crate::console) fn outcome(chosen: &ChosenView) -> Markup {
    let tone = match &chosen.retry {
        Retry::Succeeded { .. } => Tone::Good,
        Retry::StillInConflict { .. } | Retry::Failed { .. } => Tone::Bad,
        Retry::RulesGone { .. } | Retry::CannotTell { .. } => Tone::Warn,
        Retry::WaitsForMac | Retry::NotWanted => Tone::Idle,
    };
    html! {
        p {
            "Tried again: " (badge(tone, chosen.retry.label())) " " (chosen.retry_sentence)
            @if let Some(at) = chosen.retry.at() { " Seen " (moment(at)) "." }
        }
    }
}
