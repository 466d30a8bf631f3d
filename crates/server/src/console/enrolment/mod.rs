//! Enrolment data: who uses which Mac, for administrators, and the page on which people say so themselves.

mod account;
pub(crate) mod import;
pub(crate) mod list;
pub(crate) mod own;
pub(crate) mod record;
mod secrets;

use trust::enrolment::SerialNumber;

use super::components::encoded;

pub(in crate::console) use account::standing;
pub(in crate::console) use secrets::{collected_on, usability};

/// The address of the list.
const LIST: &str = "/enrolment-data";

/// The address of a Mac's record, whether there is one yet or not.
pub(in crate::console) fn address(serial_number: &SerialNumber) -> String {
    format!("{LIST}/{}", encoded(serial_number.as_str()))
}
