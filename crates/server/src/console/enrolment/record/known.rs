//! Everything that is known of a Mac and its person.

use store::device::Device;
use store::enrolment_attribute::Attributes;
use trust::enrolment::{AttributeName, SerialNumber};
use trust::observation::Observation;
use trust::wildcard::AttributeKind;

use crate::app::App;
use crate::enrolment_records::show::find;
use crate::enrolment_records::view::EnrolmentRecordView;
use crate::identity::Caller;
use crate::problem::Problem;

/// What is known of the Mac of a serial number.
pub(super) struct Known {
    pub serial_number: SerialNumber,
    /// Its record, when there is one.
    pub record: Option<EnrolmentRecordView>,
    /// The approved device that has the number, and what was seen of it.
    pub device: Option<Device>,
    pub observation: Option<Observation>,
    /// The organisation's attributes.
    pub attributes: Attributes,
}

impl Known {
    /// What is known of the Mac that an address names.
    pub(super) async fn read(app: &App, caller: &Caller, serial_number: &str) -> Result<Self, Problem> {
        let serial_number: SerialNumber = serial_number.parse().map_err(|_| Problem::not_found())?;
        let organization_id = caller.organization_id;
        let device = store::device::of_serial_number(&app.store, organization_id, &serial_number).await?;
        let observation = match &device {
            Some(device) => store::observation::find(&app.store, device.id).await?,
            None => None,
        };
        Ok(Self {
            record: find(app, organization_id, &serial_number).await?,
            attributes: store::enrolment_attribute::list(&app.store, organization_id).await?,
            serial_number,
            device,
            observation,
        })
    }

    /// The secrets that can be collected: the password, and what the organisation has declared.
    pub(super) fn secret_attributes(&self) -> Vec<AttributeName> {
        let declared = self.attributes.iter();
        let declared = declared.filter(|(_, kind)| **kind == AttributeKind::Secret);
        let declared = declared.map(|(name, _)| name.clone());
        [AttributeName::password()].into_iter().chain(declared).collect()
    }

    /// The names of the organisation's other attributes that the record does not have.
    pub(super) fn other_attributes(&self) -> impl Iterator<Item = &AttributeName> {
        let has = |name: &AttributeName| {
            let record = self.record.as_ref();
            record.is_some_and(|record| record.attributes.contains_key(name))
        };
        let plain = self.attributes.iter();
        let plain = plain.filter(|(_, kind)| **kind == AttributeKind::Plain);
        plain.map(|(name, _)| name).filter(move |name| !has(name))
    }
}
