//! The page: the question on top, then how many Macs it would do what to, and which they are.

use maud::{Markup, html};
use trust::guard::Verdict;

use super::draft::{Draft, KINDS, name};
use super::show::ADDRESS;
use crate::console::bulk::{chain_choice, finding_choice};
use crate::console::components::{Choice, Field, Table, Takes, Tone, badge, empty, section, sentence};
use crate::console::{Page, Place, Visitor};
use crate::what_if::{SupposedMember, WhatIfCounts, WhatIfView};

/// The page as it is shown.
pub(super) struct WhatIfPage<'a> {
    pub draft: &'a Draft,
    /// What is wrong with the account's name.
    pub wrong: Option<&'a str>,
    pub answer: Option<&'a WhatIfView>,
    pub visitor: &'a Visitor,
}

impl WhatIfPage<'_> {
    /// The page.
    pub(super) fn render(&self) -> Markup {
        let contents = html! {
            h1 { "What if" }
            p.lead { "What something would do to the chains of trust of many Macs. Nothing is sent to any of them." }
            (self.question())
            @if let Some(answer) = self.answer { (self.answer(answer)) }
        };
        let page = Page {
            title: "What if",
            visitor: Some(self.visitor),
            place: Place::WhatIf,
            contents,
        };
        page.render()
    }

    fn question(&self) -> Markup {
        let draft = self.draft;
        html! {
            form.order novalidate method="get" action=(ADDRESS) {
                fieldset {
                    legend { h2 { "What happens" } }
                    (Choice {
                        name: name::KIND,
                        label: "What",
                        options: KINDS.to_vec(),
                        chosen: &draft.kind,
                    }.render())
                    (Field {
                        name: name::TARGET,
                        label: "Username",
                        value: &draft.target,
                        takes: Takes::Username,
                        hint: Some(html! { "For what happens to an account. It may hold wildcards, such as " code { "%username%" } "." }),
                        error: self.wrong,
                        list: None,
                        required: false,
                    }.render())
                    (Field {
                        name: name::ADMINISTRATOR,
                        label: "Who resets the password",
                        value: &draft.administrator,
                        takes: Takes::Username,
                        hint: Some(html! { "For a reset only." }),
                        error: None,
                        list: None,
                        required: false,
                    }.render())
                }
                fieldset {
                    legend { h2 { "Which Macs" } }
                    p.hint { "Without a filter, every Mac is meant." }
                    div.field {
                        label for="q" { "Search" }
                        input #q type="search" name=(name::Q) value=(draft.q) placeholder="Name, serial number or model";
                    }
                    (chain_choice(&draft.state).render())
                    (finding_choice(&draft.finding).render())
                }
                p.buttons { button.primary type="submit" { "Ask" } }
            }
        }
    }

    fn answer(&self, answer: &WhatIfView) -> Markup {
        html! {
            (section("answer", "Answer", html! {
                p { strong { (answer.supposed) } }
                @if let Some(counts) = &answer.counts { (self.losses(counts)) }
                (self.groups(answer.counts.as_ref()))
                @if !answer.items.is_empty() {
                    (table(&answer.items))
                } @else if !self.draft.only_counts() {
                    (empty("No Mac is in this group."))
                }
                p.buttons {
                    @if !self.draft.is_first() {
                        a.button-like href=(self.draft.address(self.verdict(), None)) { "First Macs" }
                    }
                    @if let Some(cursor) = &answer.next_cursor {
                        a.button-like href=(self.draft.address(self.verdict(), Some(cursor))) { "More Macs" }
                    }
                }
            }))
        }
    }

    /// What so many Macs would lose; that none would lose anything; and how many were looked at.
    fn losses(&self, counts: &WhatIfCounts) -> Markup {
        html! {
            @if let Some(sentence) = &counts.sentence {
                p { (sentence) }
            } @else {
                ul.counts { @for loss in &counts.losses { li { (loss.sentence) } } }
            }
            @if counts.not_concerned > 0 {
                p.hint { "It would change nothing on " (counts.not_concerned) " of them." }
            }
            @if !counts.complete {
                p.hint { "The first " (counts.devices) " Macs were looked at." }
                @if let Some(next) = &counts.next {
                    p.buttons { a.button-like href=(self.draft.count_on(next)) { "Count on" } }
                }
            }
        }
    }

    fn verdict(&self) -> Option<&str> {
        Some(self.draft.verdict.as_str()).filter(|verdict| !verdict.is_empty())
    }

    fn groups(&self, counts: Option<&WhatIfCounts>) -> Markup {
        html! {
            nav.tabs aria-label="Groups" {
                a href=(self.draft.address(None, None)) aria-current=[self.verdict().is_none().then_some("page")] { "All" }
                @for verdict in Verdict::ALL {
                    @let here = self.verdict() == Some(verdict.word());
                    a href=(self.draft.address(Some(verdict.word()), None)) aria-current=[here.then_some("page")] {
                        (verdict.label())
                        @if let Some(counts) = counts {
                            " " (badge(if counts.of(verdict) == 0 { Tone::Idle } else { tone(verdict) }, &counts.of(verdict).to_string()))
                        }
                    }
                }
            }
        }
    }
}

fn table(members: &[SupposedMember]) -> Markup {
    let table = Table {
        label: "Macs, and what would become of them",
        columns: &["Name", "Chain", "Why", "Serial number"],
        short: false,
        rows: members.iter().map(cells).collect(),
    };
    table.render()
}

fn cells(member: &SupposedMember) -> Vec<Markup> {
    vec![
        html! { a href={ "/devices/" (member.device_id) } { (member.device_name) } },
        badge(tone(member.verdict), member.verdict.label()),
        html! { (sentence(&member.detail)) },
        html! { span.mono { (member.serial_number) } },
    ]
}

fn tone(verdict: Verdict) -> Tone {
    match verdict {
        Verdict::Cuts => Tone::Bad,
        Verdict::Warns => Tone::Warn,
        Verdict::CannotTell => Tone::Idle,
        Verdict::Safe => Tone::Good,
    }
}
