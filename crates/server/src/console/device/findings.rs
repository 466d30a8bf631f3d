//! Findings: what is wrong, what follows from it, and the ways out.

use maud::{Markup, html};
use trust::finding::{Finding, Remedy, Severity};

use super::page::Shown;
use crate::console::components::{Tone, badge};
use crate::console::order::draft::prefilled;

/// The findings of a Mac that was seen.
pub(super) fn section(shown: &Shown) -> Markup {
    html! {
        @if shown.observation.is_some() {
            section aria-labelledby="findings" {
                h2 #findings { "Findings" }
                @if shown.findings.is_empty() {
                    p.empty.good { "Nothing is wrong with the chain of trust of this Mac." }
                }
                @for finding in &shown.findings { (item(shown, finding)) }
            }
        }
    }
}

fn item(shown: &Shown, finding: &Finding) -> Markup {
    let tone = severity_tone(finding.severity);
    html! {
        article class={ "notice finding " (tone.class()) } {
            h3 {
                (badge(tone, finding.severity.word())) " "
                (finding.code.entry().title)
                @if let Some(account) = &finding.account { ": " (account) }
            }
            p { (finding.evidence) " " (finding.consequence) }
            ul.remedies {
                @for remedy in &finding.remedies { li { (way_out(shown, finding, remedy)) } }
            }
            p.hint { a href={ "/codes/" (finding.code) } { "What is " code { (finding.code) } "?" } }
        }
    }
}

/// An action is one step away; what people do is told.
fn way_out(shown: &Shown, finding: &Finding, remedy: &Remedy) -> Markup {
    html! {
        @match remedy {
            Remedy::Action { label, action } => {
                a.button-like.primary href=(prefilled(&shown.device.id, action)) { (label) }
            }
            Remedy::Person { step } => { (step) }
            Remedy::Runbook { label } => { (label) ": " a href={ "/codes/" (finding.code) } { "how it goes" } "." }
        }
    }
}

/// How bad a finding looks.
pub(super) fn severity_tone(severity: Severity) -> Tone {
    match severity {
        Severity::Critical => Tone::Bad,
        Severity::Problem => Tone::Warn,
        Severity::Advice => Tone::Idle,
    }
}
