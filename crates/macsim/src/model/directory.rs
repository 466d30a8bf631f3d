//! The local Open Directory node: users, groups and who is a member of what.

use serde::{Deserialize, Serialize};

use super::clock::UnixMillis;
use super::group::Group;
use super::random::Random;
use super::user::User;

/// All records of `/Local/Default`.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Directory {
    /// User records in the order they were made.
    pub users: Vec<User>,
    /// Group records.
    pub groups: Vec<Group>,
}

impl Directory {
    /// The records every Mac is delivered with (those that matter to the tools).
    pub fn factory(now: UnixMillis, random: &mut Random) -> Self {
        let mut directory = Self::default();
        for (name, real_name, uid, gid, home, shell) in [
            ("root", "System Administrator", 0, 0, "/var/root", "/bin/sh"),
            ("daemon", "System Services", 1, 1, "/var/root", "/usr/bin/false"),
            ("_mbsetupuser", "Setup User", 248, 248, "/var/setup", "/bin/bash"),
        ] {
            let mut user = User::new(name, real_name, uid, gid, now, random);
            user.attributes.set(
                "GeneratedUID",
                [format!("FFFFEEEE-DDDD-CCCC-BBBB-AAAA0000{uid:04X}")],
            );
            user.attributes.set("NFSHomeDirectory", [home]);
            user.attributes.set("UserShell", [shell]);
            directory.users.push(user);
        }
        for (name, real_name, gid) in [
            ("wheel", "System Group", 0),
            ("daemon", "System Services", 1),
            ("everyone", "Everyone", 12),
            ("staff", "Staff", 20),
            ("localaccounts", "Local Accounts", 61),
            ("admin", "Administrators", 80),
            ("_lpoperator", "Print Operators", 100),
        ] {
            let mut group = Group::new(name, real_name, gid, random);
            group
                .attributes
                .set("GeneratedUID", [format!("ABCDEFAB-CDEF-ABCD-EFAB-CDEF{gid:08X}")]);
            directory.groups.push(group);
        }
        directory.add_member("admin", "root");
        directory
    }

    /// The user of this name.
    #[must_use]
    pub fn user(&self, name: &str) -> Option<&User> {
        self.users
            .iter()
            .find(|user| user.attributes.contains("RecordName", name))
    }

    /// The user of this name, to be changed.
    pub fn user_mut(&mut self, name: &str) -> Option<&mut User> {
        self.users
            .iter_mut()
            .find(|user| user.attributes.contains("RecordName", name))
    }

    /// The user with this `GeneratedUID`.
    #[must_use]
    pub fn user_by_guid(&self, guid: &str) -> Option<&User> {
        self.users.iter().find(|user| user.guid() == guid)
    }

    /// The user with this `UniqueID`.
    #[must_use]
    pub fn user_by_uid(&self, uid: i64) -> Option<&User> {
        self.users.iter().find(|user| user.uid() == uid)
    }

    /// The group of this name.
    #[must_use]
    pub fn group(&self, name: &str) -> Option<&Group> {
        self.groups
            .iter()
            .find(|group| group.attributes.contains("RecordName", name))
    }

    /// The group of this name, to be changed.
    pub fn group_mut(&mut self, name: &str) -> Option<&mut Group> {
        self.groups
            .iter_mut()
            .find(|group| group.attributes.contains("RecordName", name))
    }

    /// The lowest free `UniqueID` from 501.
    #[must_use]
    pub fn free_uid(&self) -> i64 {
        (501..)
            .find(|uid| self.user_by_uid(*uid).is_none())
            .unwrap_or(501)
    }

    /// Adds a user to a group by name and by GUID, as `dseditgroup` does.
    pub fn add_member(&mut self, group: &str, user: &str) {
        let Some(guid) = self.user(user).map(|user| user.guid().to_owned()) else {
            return;
        };
        if let Some(group) = self.group_mut(group) {
            group.attributes.merge("GroupMembership", user);
            group.attributes.merge("GroupMembers", &guid);
        }
    }

    /// Removes a user from a group, both ways.
    pub fn remove_member(&mut self, group: &str, user: &str) {
        let guid = self.user(user).map(|user| user.guid().to_owned());
        if let Some(group) = self.group_mut(group) {
            group.attributes.remove_value("GroupMembership", user);
            if let Some(guid) = guid {
                group.attributes.remove_value("GroupMembers", &guid);
            }
        }
    }

    /// Whether the user is in the group: primary group, by name, by GUID or through a nested group.
    #[must_use]
    pub fn is_member(&self, user: &User, group: &Group) -> bool {
        self.is_member_within(user, group, 8)
    }

    fn is_member_within(&self, user: &User, group: &Group, depth: u8) -> bool {
        let direct = matches!(group.name(), "everyone" | "localaccounts")
            || user.gid() == group.gid()
            || group.attributes.contains("GroupMembership", user.name())
            || group.attributes.contains("GroupMembers", user.guid());
        direct
            || depth > 0
                && group.attributes.values("NestedGroups").iter().any(|nested| {
                    self.groups
                        .iter()
                        .any(|inner| inner.guid() == nested && self.is_member_within(user, inner, depth - 1))
                })
    }

    /// Whether the user is an administrator.
    #[must_use]
    pub fn is_admin(&self, user: &User) -> bool {
        self.group("admin")
            .is_some_and(|admin| self.is_member(user, admin))
    }

    /// Accounts that people work in: neither built in nor service accounts of macOS.
    pub fn people(&self) -> impl Iterator<Item = &User> {
        self.users.iter().filter(|user| !user.is_built_in())
    }
}
