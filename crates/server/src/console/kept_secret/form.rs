//! The form by which a kept secret is asked for. Outside of what is kept up to date by itself: nothing may move under what is being
//! filled in.

use maud::{Markup, html};
use trust::access::Permission;
use trust::escrow::Showing;

use super::Kept;
use crate::app::App;
use crate::console::Visitor;
use crate::console::components::{Field, Takes, allowed, section, stamp};
use crate::console::own_form::{REASON, fresh_key};
use crate::escrow::view::VersionView;

/// The field that says which version is wanted.
pub(super) const VERSION: &str = "version";

/// The form, with what comes of it, and what was wrong with the reason.
pub(super) fn form(
    app: &App,
    visitor: &Visitor,
    kept: &Kept<'_>,
    showing: &Showing,
    needs_approval: bool,
    wrong: Option<&str>,
) -> Markup {
    let versions = kept.escrow.versions.iter();
    let there: Vec<&VersionView> = versions
        .filter(|version| version.destroyed_at.is_none())
        .collect();
    if there.is_empty() {
        return html! {};
    }
    let several = there.len() > 1;
    let contents = html! {
        p {
            "It is shown once, on the page that answers. Who saw it, when and why stands in the audit log"
            @if kept.has_device && !kept.wanted.line.kind.is_entered() {
                ", and an hour later the Mac is to have another one; a second look does not put that off"
            }
            "."
        }
        @if app.vault.offline_key().is_some() && kept.wanted.line.kind.is_sealed_offline() {
            p {
                "What was kept since the offline key is in use is sealed to it: instead of the " (showing.noun) " you are given a file that "
                code { "bestow open-escrow" } " opens with shares of that key."
            }
        }
        @if needs_approval { p { "Somebody else who may reveal has to approve first. Then ask again here." } }
        form.narrow method="post" action=(kept.address) {
            (stamp(visitor, &fresh_key(app)))
            (Field {
                name: REASON,
                label: "Why you need it",
                value: "",
                takes: Takes::Text,
                hint: Some(html! { "For the audit log, such as a ticket and who is locked out." }),
                error: wrong,
                list: None,
                required: true,
            }.render())
            @if several {
                div.field {
                    label for=(VERSION) { "Version" }
                    select id=(VERSION) name=(VERSION) {
                        @for version in there {
                            option value=(version.version)
                                selected[kept.escrow.version.is_some_and(|current| current == version.version)] {
                                (version.version)
                                @match version.ended_label {
                                    None => { " (current)" }
                                    Some(why) => { " (ended: " (why) ")" }
                                }
                            }
                        }
                    }
                }
            }
            p.buttons { button type="submit" { "Show the " (showing.noun) } }
        }
    };
    let contents = allowed(visitor, Permission::Reveal, contents);
    section("show", "Show it", contents)
}
