//! The page: the form of the record on one side, a link for the person and forgetting on the other.

use maud::{Markup, html};
use trust::access::Permission;
use trust::observation::Observation;

use super::super::{LIST, address, standing};
use super::draft::{Draft, name};
use super::known::Known;
use super::save::seen_word;
use super::{aside, fields};
use crate::app::App;
use crate::console::components::{Errors, Fact, allowed, crumbs, error_summary, facts, moment, prose, stamp};
use crate::console::own_form::fresh_key;
use crate::console::{Page, Place, Visitor};
use crate::enrolment_links::create::EnrolmentLink;
use crate::enrolment_records::view::EnrolmentRecordView;

/// The page of a record.
pub(super) struct RecordPage {
    pub known: Known,
    pub draft: Draft,
    pub errors: Errors<String>,
    /// Why nothing was saved, when it is no field's fault.
    pub notice: Option<String>,
    /// A link that was made just now.
    pub link: Option<EnrolmentLink>,
}

impl RecordPage {
    /// The page.
    pub(super) fn render(&self, app: &App, visitor: &Visitor) -> Markup {
        let title = self.title();
        let page = Page {
            title: &title,
            visitor: Some(visitor),
            place: Place::EnrolmentData,
            contents: self.contents(&title, app, visitor),
        };
        page.render()
    }

    /// What is wrong with a field.
    pub(super) fn error(&self, field: &str) -> Option<&str> {
        self.errors.get(field).map(String::as_str)
    }

    fn title(&self) -> String {
        let record = self.known.record.as_ref();
        let name = record.and_then(|record| record.full_name.as_ref().map(ToString::to_string));
        let username = record.and_then(|record| record.username.as_ref().map(ToString::to_string));
        name.or(username)
            .unwrap_or_else(|| self.known.serial_number.to_string())
    }

    fn contents(&self, title: &str, app: &App, visitor: &Visitor) -> Markup {
        let address = address(&self.known.serial_number);
        let seen = seen_word(self.known.record.as_ref().map(|record| record.updated_at));
        let order = fields::order(self);
        let order: Vec<&str> = order.iter().map(String::as_str).collect();
        html! {
            (crumbs(&[("Enrolment Data", Some(LIST.to_owned()))]))
            h1 { (title) }
            (self.lead())
            @if let Some(link) = &self.link { (aside::fresh_link(link)) }
            @if let Some(notice) = &self.notice {
                div.notice.bad role="alert" tabindex="-1" autofocus { p { strong { "Nothing was saved." } } p { (prose(notice)) } }
            }
            (error_summary("Nothing was saved.", &self.errors, &order))
            div.columns {
                (allowed(visitor, Permission::Enrol, self.form(&address, &seen, app, visitor)))
                @if visitor.may(Permission::Enrol) { (aside::aside(self, &address, app, visitor)) }
            }
        }
    }

    fn form(&self, address: &str, seen: &str, app: &App, visitor: &Visitor) -> Markup {
        html! {
            form.entries novalidate method="post" action=(address) {
                (stamp(visitor, &fresh_key(app)))
                input type="hidden" name=(name::SEEN) value=(seen);
                (fields::fields(self))
                p.buttons {
                    button.primary type="submit" { "Save" }
                    a.button-like href=(LIST) { "Cancel" }
                }
            }
        }
    }

    /// What is known of the Mac itself.
    fn lead(&self) -> Markup {
        let known = &self.known;
        html! {
            @if known.record.is_none() {
                p.lead { "Nobody is known to use this Mac yet. Say who does, or make a link for the person." }
            }
            (facts(&[
                Fact::mono("Serial number", known.serial_number.as_str()),
                Fact::new("Mac", html! {
                    @match &known.device {
                        Some(device) => { a href={ "/devices/" (device.id) } { (device.name) } }
                        None => { "not enrolled yet" }
                    }
                }),
                Fact::new("Account on it", account(known.record.as_ref(), known.observation.as_ref())),
                Fact::new("Changed", html! {
                    @match &known.record {
                        Some(record) => { (moment(record.updated_at)) span.quiet { ", " (way(&record.source)) } }
                        None => { "never" }
                    }
                }),
            ]))
        }
    }
}

fn account(record: Option<&EnrolmentRecordView>, observation: Option<&Observation>) -> Markup {
    match record.and_then(|record| record.bound_account.as_ref()) {
        Some(account) => standing(account, observation),
        None => html! { "–" },
    }
}

/// By which way a record came in last.
fn way(source: &str) -> &str {
    match source {
        "import" => "by an import",
        "enrolment_page" => "by its person",
        "adoption" => "by taking an account over",
        _ => "by an administrator",
    }
}
