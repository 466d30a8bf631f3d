//! A set of permissions.

use super::Permission;

/// What somebody may do.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Rights(u16);

impl Rights {
    /// These permissions and no other.
    pub fn of(permissions: &[Permission]) -> Self {
        Self(
            permissions
                .iter()
                .fold(0, |set, permission| set | bit(*permission)),
        )
    }

    /// Whether the permission is among them.
    pub fn may(self, permission: Permission) -> bool {
        self.0 & bit(permission) != 0
    }

    /// Whether every one of `others` is among them.
    pub fn cover(self, others: Self) -> bool {
        others.0 & !self.0 == 0
    }

    /// Those that are among both.
    #[must_use]
    pub fn within(self, others: Self) -> Self {
        Self(self.0 & others.0)
    }

    /// The permissions, in the order of [`Permission::ALL`].
    pub fn list(self) -> Vec<Permission> {
        Permission::ALL
            .into_iter()
            .filter(|permission| self.may(*permission))
            .collect()
    }
}

fn bit(permission: Permission) -> u16 {
    1 << (permission as u16)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::access::Role;

    #[test]
    fn a_set_has_what_was_put_into_it() {
        let rights = Rights::of(&[Permission::Act, Permission::Reveal]);
        assert_eq!(rights.list(), [Permission::Act, Permission::Reveal]);
        assert!(rights.may(Permission::Reveal) && !rights.may(Permission::Read));
        assert_eq!(rights.within(Role::HelpDesk.rights()).list(), [Permission::Act]);
        assert_eq!(Rights::default().list(), []);
    }

    #[test]
    fn the_owner_covers_everybody_and_the_auditor_not_the_help_desk() {
        for role in Role::ALL {
            assert!(Role::Owner.rights().cover(role.rights()));
            assert!(role.rights().cover(role.rights()));
        }
        assert!(!Role::Auditor.rights().cover(Role::HelpDesk.rights()));
        assert!(!Role::Administrator.rights().cover(Role::Owner.rights()));
    }
}
