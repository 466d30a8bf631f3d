//! Which Macs a run is for: the part of the form, and in words.

use maud::{Markup, html};
use store::device::{Device, NOT_OBSERVED};
use store::finding::EASILY_RECOVERED;
use trust::chain::Health;
use trust::code::Code;
use trust::finding::Finding;

use super::draft::{CHOSEN, Draft, MATCHING, name};
use crate::app::App;
use crate::bulk_actions::selector::SelectorView;
use crate::console::Visitor;
use crate::console::components::{Choice, chain_words};
use crate::problem::Problem;

/// What can be chosen for the worth of a chain.
pub(in crate::console) fn chain_choice(chosen: &str) -> Choice<'_> {
    let healths = Health::ALL.iter().map(|health| health.word());
    let words = healths
        .chain([NOT_OBSERVED])
        .map(|word| (word, chain_words(word)));
    Choice {
        name: name::STATE,
        label: "Chain of trust",
        options: [("", "Any")].into_iter().chain(words).collect(),
        chosen,
    }
}

/// What can be chosen for a finding.
pub(in crate::console) fn finding_choice(chosen: &str) -> Choice<'_> {
    let codes = Finding::codes().into_iter();
    let words = codes.map(|code| (code.word(), code.entry().title));
    Choice {
        name: name::FINDING,
        label: "Finding",
        options: [("", "Any")].into_iter().chain(words).collect(),
        chosen,
    }
}

/// The service account's standing, by its word, as people say it.
const SERVICE_ACCOUNTS: [(&str, &str); 6] = [
    ("valid", "Valid"),
    ("invalid", "Invalid"),
    (EASILY_RECOVERED, "Invalid, easily recovered"),
    ("awaiting_first_login", "Awaiting first login"),
    ("unknown", "Unknown"),
    ("not_wanted", "Not wanted"),
];

/// What can be chosen for the service account.
pub(in crate::console) fn service_account_choice(chosen: &str) -> Choice<'_> {
    Choice {
        name: name::SERVICE_ACCOUNT,
        label: "Service account",
        options: [("", "Any")].into_iter().chain(SERVICE_ACCOUNTS).collect(),
        chosen,
    }
}

/// The Macs that were ticked; those that are gone are left out.
pub(super) async fn ticked(app: &App, visitor: &Visitor, draft: &Draft) -> Result<Vec<Device>, Problem> {
    let mut devices = Vec::new();
    for id in draft.devices.iter().filter_map(|id| id.parse().ok()) {
        devices.extend(store::device::find_of(&app.store, visitor.caller.organization_id, id).await?);
    }
    Ok(devices)
}

/// The part of the form that says which Macs are meant.
pub(super) fn fields(draft: &Draft, ticked: &[Device]) -> Markup {
    html! {
        fieldset id=(name::DEVICE) {
            legend { h2 { "Which Macs" } }
            @if !ticked.is_empty() { (chosen(draft, ticked)) }
            @if ticked.is_empty() {
                p.hint { "Without a filter, every Mac is meant. The plan shows which, before anything is sent." }
            } @else {
                (which("matching", MATCHING, "All Macs that match", !draft.chosen))
            }
            div.field {
                label for="q" { "Search" }
                input #q type="search" name=(name::Q) value=(draft.q) placeholder="Name, serial number or model";
            }
            (chain_choice(&draft.state).render())
            (finding_choice(&draft.finding).render())
            (service_account_choice(&draft.service_account).render())
        }
    }
}

fn chosen(draft: &Draft, ticked: &[Device]) -> Markup {
    html! {
        (which("chosen", CHOSEN, "The Macs that are ticked here", draft.chosen))
        ul.ticks {
            @for device in ticked {
                @let id = format!("device-{}", device.id);
                li {
                    input type="checkbox" id=(id) name=(name::DEVICE) value=(device.id) checked;
                    label for=(id) { (device.name) " " span.mono.quiet { (device.serial_number) } }
                }
            }
        }
    }
}

fn which(id: &str, value: &str, label: &str, checked: bool) -> Markup {
    html! {
        div.tick {
            input type="radio" id=(id) name=(name::WHICH) value=(value) checked[checked];
            label for=(id) { (label) }
        }
    }
}

/// Which Macs are meant, in words.
pub(super) fn in_words(selector: &SelectorView) -> String {
    if let Some(named) = selector.named {
        let noun = if named == 1 { "Mac" } else { "Macs" };
        return format!("{named} chosen {noun}");
    }
    let Some(search) = &selector.search else {
        return "Every Mac".to_owned();
    };
    let mut filters = Vec::new();
    if !search.q.is_empty() {
        filters.push(format!("search “{}”", search.q));
    }
    filters.extend(
        search
            .state
            .iter()
            .map(|word| format!("chain of trust: {}", chain_words(word))),
    );
    filters.extend(
        search
            .finding
            .map(|code: Code| format!("finding: {}", code.entry().title)),
    );
    filters.extend(search.service_account.iter().map(|word| {
        let mut known = SERVICE_ACCOUNTS.iter();
        let label = known
            .find(|(known, _)| known == word)
            .map_or(word.as_str(), |(_, label)| label);
        format!("service account: {}", label.to_lowercase())
    }));
    if filters.is_empty() {
        return "Every Mac".to_owned();
    }
    format!("All Macs that match {}", filters.join("; "))
}
