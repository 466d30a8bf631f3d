//! What somebody is in an organisation, and what that brings.

use std::fmt;

use serde::{Deserialize, Serialize};

use super::{Permission, Rights};

/// What somebody is in an organisation.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum Role {
    /// Sees the fleet.
    Viewer,
    /// Acts on one Mac at a time, and never sees a secret that is kept for it.
    HelpDesk,
    /// Sees the fleet, and who did what to it.
    Auditor,
    /// Does everything but say who may sign in, and what the law keeps.
    Administrator,
    /// Does everything.
    Owner,
}

impl Role {
    /// Every role, the least powerful first.
    pub const ALL: [Self; 5] = [
        Self::Viewer,
        Self::HelpDesk,
        Self::Auditor,
        Self::Administrator,
        Self::Owner,
    ];

    /// What the role brings.
    pub fn rights(self) -> Rights {
        use Permission::{Act, ActOnMany, Enrol, Read, ReadAudit, Reveal, SetPolicies};
        match self {
            Self::Viewer => Rights::of(&[Read]),
            Self::HelpDesk => Rights::of(&[Read, Act]),
            Self::Auditor => Rights::of(&[Read, ReadAudit]),
            Self::Administrator => Rights::of(&[Read, ReadAudit, Act, ActOnMany, Enrol, SetPolicies, Reveal]),
            Self::Owner => Rights::of(&Permission::ALL),
        }
    }

    /// Whether a password alone is too little for the role where the organisation asks for a second factor: where it lets
    /// somebody see secrets, or say who may.
    pub fn needs_second_factor(self) -> bool {
        self.rights().may(Permission::Reveal) || self.rights().may(Permission::ManagePeople)
    }

    /// The role's word, as the API has it.
    pub fn word(self) -> &'static str {
        match self {
            Self::Viewer => "viewer",
            Self::HelpDesk => "help_desk",
            Self::Auditor => "auditor",
            Self::Administrator => "administrator",
            Self::Owner => "owner",
        }
    }

    /// The role of this word.
    pub fn from_word(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|role| role.word() == word)
    }

    /// What people read for it.
    pub fn label(self) -> &'static str {
        match self {
            Self::Viewer => "Viewer",
            Self::HelpDesk => "Help desk",
            Self::Auditor => "Auditor",
            Self::Administrator => "Administrator",
            Self::Owner => "Owner",
        }
    }

    /// The roles that bring a permission, as a sentence lists them: "administrator or owner".
    pub fn that_may(permission: Permission) -> String {
        let roles: Vec<String> = Self::ALL
            .into_iter()
            .filter(|role| role.rights().may(permission))
            .map(|role| role.label().to_lowercase())
            .collect();
        match roles.split_last() {
            Some((last, [])) => last.clone(),
            Some((last, others)) => format!("{} or {last}", others.join(", ")),
            None => String::new(),
        }
    }
}

impl fmt::Display for Role {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.word())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_help_desk_acts_and_reveals_nothing_and_the_auditor_looks_and_changes_nothing() {
        let may = |role: Role| Permission::ALL.map(|permission| role.rights().may(permission));
        //                    read  audit  act    many   enrol  policy reveal hold   people
        for (role, expected) in [
            (
                Role::Viewer,
                [true, false, false, false, false, false, false, false, false],
            ),
            (
                Role::HelpDesk,
                [true, false, true, false, false, false, false, false, false],
            ),
            (
                Role::Auditor,
                [true, true, false, false, false, false, false, false, false],
            ),
            (
                Role::Administrator,
                [true, true, true, true, true, true, true, false, false],
            ),
            (Role::Owner, [true; 9]),
        ] {
            assert_eq!(may(role), expected, "{role}");
        }
    }

    #[test]
    fn a_second_factor_is_asked_of_whoever_sees_secrets() {
        let asked = Role::ALL.into_iter().filter(|role| role.needs_second_factor());
        assert_eq!(asked.collect::<Vec<_>>(), [Role::Administrator, Role::Owner]);
    }

    #[test]
    fn who_may_is_told_by_name() {
        assert_eq!(Role::that_may(Permission::ManagePeople), "owner");
        assert_eq!(Role::that_may(Permission::LegalHold), "owner");
        assert_eq!(Role::that_may(Permission::Reveal), "administrator or owner");
        assert_eq!(
            Role::that_may(Permission::Act),
            "help desk, administrator or owner"
        );
    }

    #[test]
    fn words_are_those_of_json() {
        for role in Role::ALL {
            assert_eq!(Role::from_word(role.word()), Some(role));
            assert_eq!(serde_json::to_value(role).unwrap(), role.word());
        }
        for permission in Permission::ALL {
            assert_eq!(Permission::from_word(permission.word()), Some(permission));
            assert_eq!(serde_json::to_value(permission).unwrap(), permission.word());
        }
        assert_eq!(Role::from_word("Owner"), None);
    }
}
