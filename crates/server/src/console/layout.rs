//! What every page has around its contents.

use maud::{DOCTYPE, Markup, html};
use trust::access::Permission;

use super::form_token;
use super::{Visitor, account, assets, attention, people, sign_out, support};

/// A page: its title, who reads it, and its contents.
pub(super) struct Page<'a> {
    /// What the browser calls it; the product's name is added.
    pub title: &'a str,
    /// Who is signed in, where somebody is.
    pub visitor: Option<&'a Visitor>,
    /// Where it belongs in the main navigation.
    pub place: Place,
    /// What stands in it.
    pub contents: Markup,
}

/// A part of the console.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Place {
    /// The devices.
    Manage,
    /// Those of them that need a person.
    NeedsAttention,
    /// What can be asked of them.
    RemoteActions,
    /// What is asked of many of them at once.
    BulkRuns,
    /// What something would do to them.
    WhatIf,
    /// What has been asked of them.
    History,
    /// Who uses which device.
    EnrolmentData,
    /// What the organisation has decided for all devices.
    Policies,
    /// Who may ask.
    People,
    /// What the codes mean.
    Codes,
    /// None of these.
    Elsewhere,
}

/// The main navigation, with what each part is called.
const PLACES: [(Place, &str, &str); 10] = [
    (Place::Manage, "/", "Manage"),
    (Place::NeedsAttention, attention::ADDRESS, "Needs Attention"),
    (Place::RemoteActions, "/remote-actions", "Remote Actions"),
    (Place::BulkRuns, "/bulk", "Bulk Runs"),
    (Place::WhatIf, "/what-if", "What if"),
    (Place::History, "/actions", "History"),
    (Place::EnrolmentData, "/enrolment-data", "Enrolment Data"),
    (Place::Policies, "/policies", "Policies"),
    (Place::People, people::ADDRESS, "People"),
    (Place::Codes, "/codes", "Codes"),
];

impl Page<'_> {
    /// The whole document.
    pub(super) fn render(&self) -> Markup {
        html! {
            (DOCTYPE)
            html lang="en" {
                head {
                    meta charset="utf-8";
                    meta name="viewport" content="width=device-width, initial-scale=1";
                    meta name="color-scheme" content="light dark";
                    title { (self.title) " · Bestow" }
                    link rel="icon" href=(assets::ICON.path) type="image/svg+xml";
                    link rel="stylesheet" href=(assets::STYLE.path);
                    script src=(assets::SCRIPT.path) defer {}
                }
                body {
                    a.skip href="#contents" { "Skip to contents" }
                    header.top {
                        div.inner {
                            a.name href="/" { img src=(assets::ICON.path) alt="" width="24" height="24"; "Bestow" }
                            @if let Some(visitor) = self.visitor {
                                nav aria-label="Main" { (self.navigation(visitor)) }
                                (who(visitor))
                            }
                        }
                    }
                    main #contents tabindex="-1" { (self.contents) }
                    @if let Some(visitor) = self.visitor {
                        footer.bottom {
                            p {
                                "Times are in " span data-zone { "UTC" } "."
                                @if visitor.may(Permission::ReadAudit) { " " a href=(support::ADDRESS) { "Support bundle" } }
                            }
                        }
                    }
                }
            }
        }
    }

    /// The main navigation. Who may ask is shown to whoever may see it.
    fn navigation(&self, visitor: &Visitor) -> Markup {
        let is_shown = |place| place != Place::People || visitor.may(Permission::ReadAudit);
        html! {
            @for (place, address, name) in PLACES.into_iter().filter(|(place, _, _)| is_shown(*place)) {
                a href=(address) aria-current=[(place == self.place).then_some("page")] { (name) }
            }
        }
    }
}

/// Who is signed in, and the way out. A program with an API token has no session to end.
fn who(visitor: &Visitor) -> Markup {
    html! {
        div.who {
            a href=(account::ADDRESS) { span.spoken { "Your account: " } (visitor.name()) }
            @if let Some(token) = &visitor.form_token {
                form method="post" action=(sign_out::ADDRESS) {
                    input type="hidden" name=(form_token::FIELD) value=(token.as_str());
                    button.small type="submit" { "Sign out" }
                }
            }
        }
    }
}
