//! The attributes of one directory record: full Open Directory names to lists of values.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

/// Prefix of attributes that the directory schema knows.
pub const STANDARD: &str = "dsAttrTypeStandard:";
/// Prefix of all others.
pub const NATIVE: &str = "dsAttrTypeNative:";

/// Attribute names that take the standard prefix; any other bare name is a native one.
const STANDARD_NAMES: &[&str] = &[
    "AppleMetaNodeLocation",
    "AuthenticationAuthority",
    "AuthenticationHint",
    "Comment",
    "EMailAddress",
    "FirstName",
    "GeneratedUID",
    "GroupMembers",
    "GroupMembership",
    "JPEGPhoto",
    "Keywords",
    "LastName",
    "NFSHomeDirectory",
    "NestedGroups",
    "OriginalNodeName",
    "Password",
    "Picture",
    "PrimaryGroupID",
    "RealName",
    "RecordName",
    "RecordType",
    "UniqueID",
    "UserShell",
];

/// Raw names of the local database that stand for a standard attribute.
const LOCAL_ALIASES: &[(&str, &str)] = &[
    ("uid", "UniqueID"),
    ("gid", "PrimaryGroupID"),
    ("realname", "RealName"),
    ("home", "NFSHomeDirectory"),
    ("shell", "UserShell"),
];

/// Gives a bare attribute name the prefix that `dscl` would.
#[must_use]
pub fn full_name(name: &str) -> String {
    if name.starts_with(STANDARD) || name.starts_with(NATIVE) {
        name.to_owned()
    } else if STANDARD_NAMES.contains(&name) {
        format!("{STANDARD}{name}")
    } else if let Some((_, standard)) = LOCAL_ALIASES.iter().find(|(alias, _)| *alias == name) {
        format!("{STANDARD}{standard}")
    } else {
        format!("{NATIVE}{name}")
    }
}

/// All attributes of a record. Names may be given bare or in full.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Attributes(BTreeMap<String, Vec<String>>);

impl Attributes {
    /// All values; empty when the attribute is absent.
    #[must_use]
    pub fn values(&self, name: &str) -> &[String] {
        self.0.get(&full_name(name)).map_or(&[], Vec::as_slice)
    }

    /// The first value, or the empty text.
    #[must_use]
    pub fn first(&self, name: &str) -> &str {
        self.values(name).first().map_or("", String::as_str)
    }

    /// True if the attribute is there, even without values.
    #[must_use]
    pub fn has(&self, name: &str) -> bool {
        self.0.contains_key(&full_name(name))
    }

    /// Replaces all values.
    pub fn set<V: Into<String>>(&mut self, name: &str, values: impl IntoIterator<Item = V>) {
        self.0
            .insert(full_name(name), values.into_iter().map(Into::into).collect());
    }

    /// Adds one value at the end, twice if need be.
    pub fn append(&mut self, name: &str, value: &str) {
        self.0.entry(full_name(name)).or_default().push(value.to_owned());
    }

    /// Adds one value unless it is there already.
    pub fn merge(&mut self, name: &str, value: &str) {
        if !self.contains(name, value) {
            self.append(name, value);
        }
    }

    /// True if one of the values is `value`.
    #[must_use]
    pub fn contains(&self, name: &str, value: &str) -> bool {
        self.values(name).iter().any(|held| held == value)
    }

    /// Removes the attribute; false if it was not there.
    pub fn remove(&mut self, name: &str) -> bool {
        self.0.remove(&full_name(name)).is_some()
    }

    /// Removes one value, and the attribute with its last value; false if the value was not there.
    pub fn remove_value(&mut self, name: &str, value: &str) -> bool {
        let name = full_name(name);
        let Some(values) = self.0.get_mut(&name) else {
            return false;
        };
        let before = values.len();
        values.retain(|held| held != value);
        let removed = values.len() < before;
        if values.is_empty() {
            self.0.remove(&name);
        }
        removed
    }

    /// Replaces one value in place; false if it was not there.
    pub fn change(&mut self, name: &str, old: &str, new: &str) -> bool {
        let Some(values) = self.0.get_mut(&full_name(name)) else {
            return false;
        };
        match values.iter_mut().find(|held| *held == old) {
            Some(held) => {
                new.clone_into(held);
                true
            }
            None => false,
        }
    }

    /// Full names and values, in the order of the names.
    pub fn iter(&self) -> impl Iterator<Item = (&str, &[String])> {
        self.0
            .iter()
            .map(|(name, values)| (name.as_str(), values.as_slice()))
    }
}
