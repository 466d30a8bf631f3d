//! Findings: what is wrong, what follows from it, and the ways out.

use maud::{Markup, html};
use trust::access::Permission;
use trust::action::Action;
use trust::finding::{Finding, Remedy, Runbook, Severity};

use super::page::Shown;
use crate::console::components::{Tone, badge, prose, role_hint};
use crate::console::order::draft::prefilled;

/// The findings of a Mac that was seen.
pub(super) fn list(shown: &Shown) -> Markup {
    html! {
        @if shown.findings.is_empty() {
            p.empty.good { "Nothing is wrong with the chain of trust of this Mac." }
        }
        @for (place, finding) in shown.findings.iter().enumerate() { (item(shown, place, finding)) }
    }
}

fn item(shown: &Shown, place: usize, finding: &Finding) -> Markup {
    let tone = severity_tone(finding.severity);
    html! {
        article class={ "notice finding " (tone.class()) } {
            h3 { (badge(tone, finding.severity.word())) " " (title(finding)) }
            p { (prose(&finding.evidence)) " " (prose(&finding.consequence)) }
            ul.remedies {
                @for remedy in &finding.remedies { (way_out(shown, place, remedy)) }
            }
            p.hint { a href={ "/codes/" (finding.code) } { "More on " code { (finding.code) } } }
        }
    }
}

fn title(finding: &Finding) -> Markup {
    html! {
        (finding.code.entry().title)
        @if let Some(account) = &finding.account { ": " (account) }
    }
}

/// An action is one step away; what people do is told.
fn way_out(shown: &Shown, place: usize, remedy: &Remedy) -> Markup {
    html! {
        @match remedy {
            Remedy::Action { label, action } => { (action_out(shown, place, label, action)) }
            Remedy::Person { step, .. } => { li.step { (prose(step)) } }
            Remedy::Runbook { label, runbook: Runbook::Recovery } => {
                li.step {
                    (label) ". " a href={ "/devices/" (shown.device.id) "/recovery" } { "Show the ways back" }
                }
            }
        }
    }
}

/// One action can cure several findings. It is offered once, at the worst of them, and the others say so.
fn action_out(shown: &Shown, place: usize, label: &str, action: &Action) -> Markup {
    let cured: Vec<(usize, &Finding)> = shown
        .findings
        .iter()
        .enumerate()
        .filter(|(_, other)| is_cured(other, action))
        .collect();
    let is_first = cured.first().is_none_or(|(first, _)| *first == place);
    let others = cured.iter().filter(|(other, _)| *other != place);
    html! {
        @if shown.device.pending {
            li.step { "Once the Mac is approved: " (label) }
        } @else if is_first {
            li {
                @if shown.may_act { a.button-like.accent href=(prefilled(&shown.device.id, action)) { (label) } }
                @else { (label) "." p.hint { (role_hint(Permission::Act)) } }
                @if cured.len() > 1 {
                    p.hint {
                        "It cures as well: "
                        @for (index, (_, other)) in others.enumerate() { @if index > 0 { "; " } (title(other)) }
                    }
                }
            }
        } @else {
            li.step { "The action above cures this, too." }
        }
    }
}

fn is_cured(finding: &Finding, by: &Action) -> bool {
    let is_it = |remedy: &Remedy| matches!(remedy, Remedy::Action { action, .. } if action == by);
    finding.remedies.iter().any(is_it)
}

/// How bad a finding looks.
pub(super) fn severity_tone(severity: Severity) -> Tone {
    match severity {
        Severity::Critical => Tone::Bad,
        Severity::Problem => Tone::Warn,
        Severity::Advice | Severity::Info => Tone::Idle,
    }
}
