//! The chain of trust in words: the twin of its picture, and what stands on paper.

use maud::{Markup, html};
use trust::chain;
use trust::observation::Observation;
use trust::provenance::provenance;

use super::page::Shown;
use crate::console::components::{moment, origin_words};

/// Who holds a token and where it came from; then the hand-overs that Bestow carried out.
pub(super) fn list(shown: &Shown) -> Markup {
    html! {
        div #chain-in-words {
            @if let Some(observation) = &shown.observation {
                @if observation.knows_secure_token() != Some(false) { (holders(shown, observation)) }
            }
            h3 { "Hand-overs" }
            (hand_overs(shown))
        }
    }
}

fn holders(shown: &Shown, observation: &Observation) -> Markup {
    let members = chain::members(observation);
    let holders: Vec<_> = members
        .iter()
        .filter_map(|member| Some((member, provenance(member.account, observation, &shown.edges)?)))
        .collect();
    html! {
        @if holders.is_empty() {
            p { "No account holds a Secure Token that works: the chain is broken." }
        } @else {
            ul.plain {
                @for (member, provenance) in &holders {
                    li {
                        strong { (member.account.record_name) }
                        ": " (member.token.word()) ", " (origin_words(&provenance.origin))
                        " " span.reason { "(" (provenance.because) ")" }
                    }
                }
            }
        }
    }
}

fn hand_overs(shown: &Shown) -> Markup {
    html! {
        @if shown.recorded.is_empty() {
            p.quiet { "Bestow has handed no token on here." }
        } @else {
            ul.plain {
                @for view in &shown.recorded {
                    li {
                        strong { (view.edge.granter) } " → " strong { (view.edge.target) } ", proved "
                        @if let Some(id) = view.action_id {
                            a href={ "/actions/" (id) } { (moment(view.edge.at)) }
                        } @else {
                            (moment(view.edge.at)) " by the agent itself"
                        }
                    }
                }
            }
        }
    }
}
