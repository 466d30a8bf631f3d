//! Beside the form: a link by which the person says who it is, and forgetting.

use maud::{Markup, html};

use super::link::DAYS;
use super::page::RecordPage;
use crate::app::App;
use crate::console::Visitor;
use crate::console::components::{Choice, moment, stamp};
use crate::console::own_form::fresh_key;
use crate::enrolment_links::create::EnrolmentLink;

/// What can be done beside filling in the form.
pub(super) fn aside(page: &RecordPage, address: &str, app: &App, visitor: &Visitor) -> Markup {
    html! {
        div {
            section.panel aria-labelledby="link" {
                h2 #link { "A link for the person" }
                p {
                    "Whoever opens it says once, without signing in, who uses this Mac and with which password. "
                    "Send it to that person alone."
                }
                form method="post" action={ (address) "/link" } {
                    (stamp(visitor, &fresh_key(app)))
                    (Choice {
                        name: DAYS,
                        label: "It can be used for",
                        options: vec![("1", "a day"), ("7", "seven days"), ("30", "30 days")],
                        chosen: "7",
                    }.render())
                    p.buttons { button type="submit" { "Make link" } }
                }
            }
            @if page.known.record.is_some() {
                section.panel aria-labelledby="forget" {
                    h2 #forget { "Forget" }
                    p {
                        "The record goes, and what was collected is destroyed. Nothing is changed on the Mac; actions that "
                        "were accepted go on."
                    }
                    details.more {
                        summary { "Forget this record…" }
                        form method="post" action={ (address) "/forget" } {
                            (stamp(visitor, &fresh_key(app)))
                            p.buttons { button.danger type="submit" { "Forget this record" } }
                        }
                    }
                }
            }
        }
    }
}

/// A link that was made just now.
pub(super) fn fresh_link(link: &EnrolmentLink) -> Markup {
    html! {
        div.notice.good role="status" {
            p { strong { "The link is made." } " Copy it now: it is shown this once." }
            p.one-time { code #one-time-link { (link.path) } }
            p.hint {
                "It can be opened until " (moment(link.expires_at)) ", or until an answer was saved."
            }
        }
    }
}
