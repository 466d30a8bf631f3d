//! Groups.

use super::{LOCAL, first_value, record_path, status_of, values};
use crate::open_directory::DsStatus;
use crate::text::excerpt;
use crate::{Arg, Call, Error, Runner, Tool, xml_plist};

const ATTRIBUTES: [&str; 5] = [
    "RecordName",
    "GroupMembership",
    "GroupMembers",
    "NestedGroups",
    "PrimaryGroupID",
];

/// A group of the local directory.
///
/// The two lists of members are kept apart by macOS too, and can differ: the command line sees the names, recoveryOS
/// the GUIDs.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Group {
    /// The record name.
    pub record_name: String,
    /// The group id.
    pub gid: Option<i64>,
    /// Members by record name.
    pub members: Vec<String>,
    /// Members by `GeneratedUID`.
    pub member_guids: Vec<String>,
    /// Groups whose members are members too, by their GUID.
    pub nested_groups: Vec<String>,
}

/// Reads a group; `None` when there is no such group.
///
/// # Errors
/// When the tool could not be run to its end, or its answer cannot be read.
pub fn group(runner: &dyn Runner, name: &str) -> Result<Option<Group>, Error> {
    let fixed = ["-plist", LOCAL, "-read"].map(Arg::from);
    let path = record_path("/Groups/", name)?;
    let call = Call::new(
        Tool::Dscl,
        fixed.into_iter().chain([path]).chain(ATTRIBUTES.map(Arg::from)),
    );
    let answer = runner.run(&call).map_err(Error::run(Tool::Dscl))?;
    if status_of(&answer) == Some(DsStatus::RECORD_NOT_FOUND) {
        return Ok(None);
    }
    let unreadable = || Error::Unreadable {
        tool: Tool::Dscl,
        exit: answer.exit,
        said: excerpt(&answer.everything_said()),
    };
    parse_group(&answer.stdout.text())
        .map(Some)
        .ok_or_else(unreadable)
}

/// The group in the property list that `-read` prints.
pub fn parse_group(text: &str) -> Option<Group> {
    let record = xml_plist::read_dictionary(text)?;
    Some(Group {
        record_name: first_value(&record, "RecordName")?,
        gid: first_value(&record, "PrimaryGroupID").and_then(|value| value.trim().parse().ok()),
        members: values(&record, "GroupMembership"),
        member_guids: values(&record, "GroupMembers"),
        nested_groups: values(&record, "NestedGroups"),
    })
}

#[cfg(test)]
mod tests {
    use super::parse_group;

    #[test]
    fn both_lists_of_members_are_kept_apart() {
        let group = parse_group(
            "<?xml version=\"1.0\"?><plist><dict><key>dsAttrTypeStandard:RecordName</key><array><string>admin</string>\
             <string>BUILTIN\\Administrators</string></array><key>dsAttrTypeStandard:GroupMembership</key><array>\
             <string>root</string><string>ann</string></array><key>dsAttrTypeStandard:GroupMembers</key><array>\
             <string>FFFFEEEE-DDDD-CCCC-BBBB-AAAA00000000</string></array></dict></plist>",
        )
        .expect("a group");
        assert_eq!(group.record_name, "admin");
        assert_eq!((group.members.len(), group.member_guids.len()), (2, 1));
    }
}
