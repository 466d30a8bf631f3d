//! One group record.

use serde::{Deserialize, Serialize};

use super::attributes::Attributes;
use super::random::Random;

/// A group of the local node. Members stand in it by name and by GUID; tools differ in which they write.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Group {
    /// Everything `dscl -read` shows.
    pub attributes: Attributes,
}

impl Group {
    /// An empty group.
    pub fn new(name: &str, real_name: &str, gid: u32, random: &mut Random) -> Self {
        let mut attributes = Attributes::default();
        attributes.set("AppleMetaNodeLocation", ["/Local/Default"]);
        attributes.set("GeneratedUID", [random.uuid()]);
        attributes.set("Password", ["*"]);
        attributes.set("PrimaryGroupID", [gid.to_string()]);
        attributes.set("RealName", [real_name]);
        attributes.set("RecordName", [name]);
        attributes.set("RecordType", ["dsRecTypeStandard:Groups"]);
        Self { attributes }
    }

    /// The record name.
    #[must_use]
    pub fn name(&self) -> &str {
        self.attributes.first("RecordName")
    }

    /// The group id.
    #[must_use]
    pub fn gid(&self) -> i64 {
        self.attributes.first("PrimaryGroupID").parse().unwrap_or(-2)
    }

    /// The `GeneratedUID`.
    #[must_use]
    pub fn guid(&self) -> &str {
        self.attributes.first("GeneratedUID")
    }
}
