//! Who does something: the name that stands in the audit log, in `created_by`, and beside an idempotency key.

use std::fmt;

use trust::enrolment::SerialNumber;
use trust::id::DeviceId;

/// Who does something.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum Actor {
    /// A program, by the name of its API token.
    ApiToken(String),
    /// A person signed in to the console.
    Person(String),
    /// A device, by its agent.
    Device(DeviceId),
    /// The person of a Mac, by the link to its enrolment page.
    EnrolmentLink(SerialNumber),
    /// Whoever has the link to the steps of a Mac's way back.
    RecoveryLink(DeviceId),
    /// The server of its own accord.
    Server,
    /// Whoever runs the server, on its own machine.
    Operator,
}

impl fmt::Display for Actor {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::ApiToken(name) => write!(f, "api_token:{name}"),
            Self::Person(name) => write!(f, "person:{name}"),
            Self::Device(id) => write!(f, "device:{id}"),
            Self::EnrolmentLink(serial_number) => write!(f, "enrolment_link:{serial_number}"),
            Self::RecoveryLink(id) => write!(f, "recovery_link:{id}"),
            Self::Server => f.write_str("server"),
            Self::Operator => f.write_str("operator"),
        }
    }
}
