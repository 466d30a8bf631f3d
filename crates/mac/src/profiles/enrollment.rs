//! `profiles status -type enrollment`.

use crate::text::{excerpt, lines};
use crate::{Call, Error, Runner, Tool};

/// How this Mac is enrolled.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Enrollment {
    /// Whether it was enrolled by automated device enrolment.
    pub by_device_enrollment: bool,
    /// Whether an MDM manages it.
    pub mdm: MdmEnrollment,
    /// The address of the MDM, when it is said.
    pub server: Option<String>,
}

/// Whether an MDM manages this Mac.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum MdmEnrollment {
    /// No MDM.
    No,
    /// An MDM that no user approved.
    Yes,
    /// An MDM that a user approved.
    UserApproved,
}

/// Asks how this Mac is enrolled. Needs no rights.
///
/// # Errors
/// When the tool could not be run to its end, or its answer cannot be read.
pub fn enrollment(runner: &dyn Runner) -> Result<Enrollment, Error> {
    let call = Call::fixed(Tool::Profiles, ["status", "-type", "enrollment"]);
    let answer = runner.run(&call).map_err(Error::run(Tool::Profiles))?;
    let said = answer.everything_said();
    Enrollment::parse(&said).ok_or_else(|| Error::Unreadable {
        tool: Tool::Profiles,
        exit: answer.exit,
        said: excerpt(&said),
    })
}

impl Enrollment {
    /// Reads what the tool says; `None` when it does not speak of an MDM.
    pub fn parse(said: &str) -> Option<Self> {
        let value = |key: &str| {
            lines(said)
                .find_map(|line| line.trim().strip_prefix(key))
                .map(str::trim)
        };
        let mdm = match value("MDM enrollment:")? {
            "No" => MdmEnrollment::No,
            "Yes" => MdmEnrollment::Yes,
            "Yes (User Approved)" => MdmEnrollment::UserApproved,
            _ => return None,
        };
        Some(Self {
            by_device_enrollment: value("Enrolled via DEP:") == Some("Yes"),
            mdm,
            server: value("MDM server:")
                .filter(|server| !server.is_empty())
                .map(str::to_owned),
        })
    }
}
