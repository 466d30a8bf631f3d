//! The machine and its management.

use serde::{Deserialize, Serialize};

use crate::os::OsVersion;

/// The macOS that is running.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct System {
    /// Its version.
    #[cfg_attr(feature = "openapi", schema(value_type = String))]
    pub version: OsVersion,
    /// Its build, such as `24C101`.
    pub build: String,
}

/// The machine.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Hardware {
    /// Serial number, as engraved.
    pub serial_number: String,
    /// The platform UUID, upper case.
    pub hardware_uuid: String,
    /// Model identifier, such as `Mac14,2`.
    pub model: String,
    /// The processor family.
    pub chip: Chip,
}

/// What guards the keys.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum Chip {
    /// Apple silicon: Secure Enclave, volume owners.
    AppleSilicon,
    /// Intel with the T2 security chip: Secure Enclave, no volume owners.
    T2,
    /// Intel without a T2. Early agents called those with one so, too.
    Intel,
}

impl Chip {
    /// What people call it.
    pub fn label(self) -> &'static str {
        match self {
            Self::AppleSilicon => "Apple silicon",
            Self::T2 => "Intel with T2",
            Self::Intel => "Intel",
        }
    }
}

/// How an MDM manages the Mac.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct MdmEnrolment {
    /// Whether an MDM is enrolled.
    pub enrolled: bool,
    /// Whether a person approved it, or Automated Device Enrolment did.
    pub user_approved: bool,
    /// Whether it came through Automated Device Enrolment.
    pub automated: bool,
    /// The server's address, where macOS tells it.
    pub server_url: Option<String>,
}

/// The bootstrap token as `profiles status -type bootstraptoken` tells it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct BootstrapToken {
    /// Whether the MDM takes one.
    pub supported: bool,
    /// Whether the MDM is said to have one.
    pub escrowed: bool,
}
