//! What an organisation knows of the person who uses a Mac: enrolment data, bound to the Mac's serial number, whether
//! the Mac is enrolled yet or not. Wildcards take their values from it.
//!
//! Nothing here is secret. What was collected of secrets is told by [`Collection`]: which, when, and whether it can be
//! used.

mod attribute_name;
mod attribute_value;
mod change;
mod collection;
mod email_address;
mod person;
mod record;
mod serial_number;

pub(crate) use attribute_name::is_name;
pub use attribute_name::{AttributeName, LONGEST_ATTRIBUTE_NAME, NotAnAttributeName};
pub use attribute_value::{AttributeValue, LONGEST_ATTRIBUTE_VALUE, NotAnAttributeValue};
pub use change::RecordChange;
pub use collection::{Collection, CollectionState};
pub use email_address::{EmailAddress, LONGEST_EMAIL_ADDRESS, NotAnEmailAddress};
pub use person::Person;
pub use record::EnrolmentRecord;
pub use serial_number::{LONGEST_SERIAL_NUMBER, NotASerialNumber, SerialNumber};
