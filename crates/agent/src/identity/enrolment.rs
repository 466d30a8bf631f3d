//! Which server the device belongs to, and as whom.

use std::io;

use serde::{Deserialize, Serialize};
use trust::id::{DeviceId, OrganizationId};

use crate::durable;
use crate::paths::Paths;

/// The device's place at its server. Nothing in it is secret.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Enrolment {
    /// The server's address, such as `https://bestow.example.org`.
    pub server: String,
    /// The certificate authorities that vouch for it, in PEM. Without them only plain HTTP on loopback is spoken.
    pub certificate_authorities: Option<String>,
    /// The device's id there.
    pub device_id: DeviceId,
    /// The name under which it was enrolled.
    #[serde(default)]
    pub name: Option<String>,
    /// The organisation it belongs to.
    pub organization_id: OrganizationId,
}

impl Enrolment {
    /// Reads it; `None` when the Mac is not enrolled.
    pub fn load(paths: &Paths) -> io::Result<Option<Self>> {
        durable::read_json(&paths.enrolment())
    }

    /// Keeps it.
    pub fn save(&self, paths: &Paths) -> io::Result<()> {
        durable::private_folder(paths.state())?;
        durable::write_json(&paths.enrolment(), self)
    }
}
