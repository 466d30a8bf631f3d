//! Local Accounts: who there is, what each token is worth, what it lets its account do, and why.

use maud::{Markup, html};
use trust::capability::{Ability, Able, Capability, abilities};
use trust::chain::{self, Member};
use trust::observation::{Account, AccountKind, Observation};
use trust::preboot::predicted_list;
use trust::provenance::provenance;
use trust::restart::waiting_for_restart;
use trust::token::TokenState;
use trust::words;

use super::page::Shown;
use crate::console::components::{
    Table, Tone, badge, empty, moment, provenance_words, sentence, token_badge,
};

/// A table with a row per account.
pub(super) fn table(shown: &Shown) -> Markup {
    let members = shown.observation.as_ref().map(chain::members).unwrap_or_default();
    let Some(observation) = shown.observation.as_ref().filter(|_| !members.is_empty()) else {
        return empty("The Mac has not told of its accounts.");
    };
    let table = Table {
        label: "Local Accounts",
        columns: &[
            "Account",
            "Role",
            "Secure Token",
            "What it can do",
            "Start-up screen",
        ],
        short: false,
        rows: members
            .iter()
            .map(|member| cells(shown, observation, member))
            .collect(),
    };
    table.render()
}

fn cells(shown: &Shown, observation: &Observation, member: &Member<'_>) -> Vec<Markup> {
    let account = member.account;
    vec![
        name(account),
        role(member),
        html! {
            @if observation.knows_secure_token() == Some(false) {
                span.quiet { "none on this Mac" }
            } @else {
                (token_badge(member.token))
                @if let Some(words) = token_words(member.token) { p.reason { (words) } }
            }
            @if let Some(provenance) = provenance(account, observation, &shown.edges) {
                p.reason title=(provenance.because) { (provenance_words(&provenance)) }
            }
        },
        html! {
            ul.abilities {
                @for ability in abilities(account, observation) { (ability_item(&ability)) }
            }
        },
        start_up_screen(shown, observation, member),
    ]
}

fn name(account: &Account) -> Markup {
    html! {
        span.account-name { (account.record_name) }
        @if account.real_name != account.record_name { span.quiet { (account.real_name) } }
        details.ids {
            summary { "UID " (account.uid) }
            span.mono { (account.guid) }
            @if !account.aliases.is_empty() { span { "Also called " (account.aliases.join(", ")) } }
        }
    }
}

fn role(member: &Member<'_>) -> Markup {
    let account = member.account;
    html! {
        (sentence(words::role(account.administrator)))
        @if account.hidden { " " (badge(Tone::Idle, "hidden")) }
        @if account.disabled { " " (badge(Tone::Warn, "disabled")) }
        @if account.kind == AccountKind::Mobile { " " (badge(Tone::Idle, "mobile")) }
        @if member.can_grant() { " " (badge(Tone::Good, "can grant")) }
    }
}

/// What the state's word does not say.
fn token_words(token: TokenState) -> Option<Markup> {
    Some(match token {
        TokenState::Usable { proved_at } => html! { "proved " (moment(proved_at)) },
        TokenState::Unverified => html! { "not proved yet" },
        TokenState::Unusable { refused_at: Some(at) } => {
            html! { "the disk refused its password " (moment(at)) }
        }
        TokenState::Unusable { refused_at: None } => html! { "the disk does not list the account" },
        TokenState::Absent => return None,
        TokenState::Unknown => html! { "the Mac gave no answer" },
    })
}

fn ability_item(ability: &Ability) -> Markup {
    let what = match ability.capability {
        Capability::UnlockFilevault => "Unlock FileVault",
        Capability::ManageKernelExtensions => "Manage kernel extensions",
        Capability::AuthoriseUpdates => "Authorise updates",
    };
    let class = match ability.able {
        Able::Yes => "yes",
        Able::No => "no",
        Able::Unknown => "unknown",
    };
    html! {
        li class=(class) {
            span.what { (what) ": " strong { (ability.able.label()) } }
            span.reason { (ability.because) }
        }
    }
}

fn start_up_screen(shown: &Shown, observation: &Observation, member: &Member<'_>) -> Markup {
    let locked = observation
        .filevault
        .value()
        .is_some_and(|state| state.locks_the_disk());
    let waiting = waiting_for_restart(observation, &shown.edges).unwrap_or_default();
    let offered = predicted_list(observation)
        .map(|list| list.iter().any(|account| account.guid == member.account.guid));
    html! {
        @match offered {
            Some(_) if !locked => { span.quiet { "none without FileVault" } }
            Some(true) if waiting.contains(&member.account.record_name) => {
                (badge(Tone::Warn, "after restart"))
                p.reason { "visible on the start-up screen after the next restart" }
            }
            Some(true) => { (badge(Tone::Good, "offered")) }
            Some(false) => { (badge(Tone::Idle, "not offered")) }
            None => { span.quiet { "unknown" } }
        }
    }
}
