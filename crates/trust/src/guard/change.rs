//! What may be done to an account or a Mac that others of the chain feel.

use super::keepers::Keepers;
use super::role::Role;
use crate::action::Action;
use crate::service_account::RECORD_NAME;

/// Something that is done to an account or to a Mac. Accounts by record name.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Change<'a> {
    /// The account is deleted.
    Delete(&'a str),
    /// The account may authenticate no more.
    Disable(&'a str),
    /// The account may authenticate again.
    Enable(&'a str),
    /// The account becomes an administrator.
    Promote(&'a str),
    /// The account becomes a standard account.
    Demote(&'a str),
    /// The account gets a new password without its old one. Should that fail half way, its token is lost.
    Reset {
        /// The account.
        target: &'a str,
        /// The account by whose token it is done; its password is proved first.
        administrator: &'a str,
    },
    /// The agent goes, and the service account with it.
    Uninstall,
    /// The Mac leaves its MDM, and its bootstrap token with it.
    MdmUnenrol,
}

impl<'a> Change<'a> {
    /// What an action does to the chain; `None` for one that takes nothing from anybody.
    pub fn of_action(action: &'a Action) -> Option<Self> {
        match action {
            Action::RemoveServiceAccount(_) => Some(Self::Delete(RECORD_NAME)),
            Action::PromoteAccount(promote) => Some(Self::Promote(promote.target.as_str())),
            Action::DemoteAccount(demote) => Some(Self::Demote(demote.target.as_str())),
            Action::DisableAccount(disable) => Some(Self::Disable(disable.target.as_str())),
            Action::UnlockAccount(unlock) => Some(Self::Enable(unlock.target.as_str())),
            Action::DeleteAccount(delete) => Some(Self::Delete(delete.target.as_str())),
            Action::ResetPassword(reset) => Some(Self::Reset {
                target: reset.target.as_str(),
                administrator: reset.administrator.as_str(),
            }),
            Action::GrantSecureToken(_)
            | Action::CreateAccount(_)
            | Action::CreateServiceAccount(_)
            | Action::RotateServiceAccountPassword(_)
            | Action::RepairServiceAccount(_)
            | Action::RotateRecoveryKey(_)
            | Action::AdoptAccount(_)
            | Action::ChangePassword(_) => None,
        }
    }

    /// Whom it takes something from.
    fn loser(&self) -> Option<&'a str> {
        match self {
            Self::Delete(name) | Self::Disable(name) | Self::Demote(name) => Some(name),
            Self::Reset { target, .. } => Some(target),
            Self::Uninstall => Some(RECORD_NAME),
            Self::Enable(_) | Self::Promote(_) | Self::MdmUnenrol => None,
        }
    }

    /// What is not known of a token that would be lost may be a token.
    pub(super) fn count_what_is_not_known(&self, roles: &mut [Role<'_>]) {
        let loser = self.loser();
        for role in roles.iter_mut().filter(|role| Some(role.name) == loser) {
            role.holds |= role.may_hold;
        }
        if let Self::Reset { administrator, .. } = self {
            for role in roles.iter_mut().filter(|role| role.name == *administrator) {
                role.proved |= role.holds;
            }
        }
    }

    /// Does it.
    pub(super) fn apply(&self, roles: &mut Vec<Role<'_>>) {
        match *self {
            Self::Delete(name) => roles.retain(|role| role.name != name),
            Self::Uninstall => roles.retain(|role| role.name != RECORD_NAME),
            Self::Disable(name) => each(roles, name, |role| role.enabled = false),
            Self::Enable(name) => each(roles, name, |role| role.enabled = true),
            Self::Promote(name) => each(roles, name, |role| role.administrator = true),
            Self::Demote(name) => each(roles, name, |role| role.administrator = false),
            Self::Reset { target, .. } => each(roles, target, |role| {
                (role.holds, role.proved, role.owns_volume) = (false, false, false);
            }),
            Self::MdmUnenrol => {}
        }
    }

    /// Does what it does to the Mac beside its accounts.
    pub(super) fn apply_to_mac(&self, keepers: Keepers) -> Keepers {
        Keepers {
            bootstrap_token: keepers.bootstrap_token && *self != Self::MdmUnenrol,
            ..keepers
        }
    }
}

fn each(roles: &mut [Role<'_>], name: &str, change: impl Fn(&mut Role<'_>)) {
    roles.iter_mut().filter(|role| role.name == name).for_each(change);
}
