//! Person: who uses this Mac, and the local account that is theirs.

use maud::{Markup, html};
use store::device::Device;
use trust::enrolment::SerialNumber;
use trust::observation::Observation;

use crate::app::App;
use crate::console::components::{Fact, empty, facts};
use crate::console::enrolment::{address, collected_on, standing, usability};
use crate::enrolment_records::show::find;
use crate::enrolment_records::view::EnrolmentRecordView;
use crate::problem::Problem;

/// What is known of the person of a Mac.
pub(super) struct Person {
    serial_number: SerialNumber,
    record: Option<EnrolmentRecordView>,
}

impl Person {
    /// The person of `device`; `None` while it waits for approval, because nothing attaches to it until then.
    pub(super) async fn of(app: &App, device: &Device) -> Result<Option<Self>, Problem> {
        let serial_number = device.serial_number.parse::<SerialNumber>();
        let Some(serial_number) = serial_number.ok().filter(|_| !device.pending) else {
            return Ok(None);
        };
        Ok(Some(Self {
            record: find(app, device.organization_id, &serial_number).await?,
            serial_number,
        }))
    }

    /// The person as the device's page shows it.
    pub(super) fn shown(&self, observation: Option<&Observation>) -> Markup {
        let address = address(&self.serial_number);
        match &self.record {
            Some(record) => html! {
                (facts(&facts_of(record, observation)))
                p { a href=(address) { "Open the enrolment record" } }
            },
            None => empty(html! {
                "Nobody is known to use this Mac. " a href=(address) { "Say who uses it" }
            }),
        }
    }
}

fn facts_of(record: &EnrolmentRecordView, observation: Option<&Observation>) -> Vec<Fact> {
    let account = record.bound_account.as_ref();
    let mut told = vec![
        Fact::optional("Name", record.full_name.as_ref().map(|name| name.as_str())),
        Fact::optional("User name", record.username.as_ref().map(|name| name.as_str())),
        Fact::optional("E-mail", record.email.as_ref().map(|email| email.as_str())),
        Fact::optional(
            "Account on this Mac",
            account.map(|account| standing(account, observation)),
        ),
    ];
    told.extend(record.secrets.iter().map(|secret| {
        let collection = &secret.collection;
        let on = collected_on(&collection.attribute, collection.collected_at);
        Fact::new("Collected", html! { (on) " " (usability(collection.state)) })
    }));
    told
}
