//! The actions that have a form.

use trust::action::{Action, SecretRole};

use crate::action_kinds::list::{ALL, ActionKindView};

/// An action that can be asked for by a form.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum OrderKind {
    /// Hand a token on.
    GrantSecureToken,
    /// Make an account.
    CreateAccount,
    /// Take an account over.
    AdoptAccount,
    /// Change an account's password.
    ChangePassword,
    /// Reset an account's password.
    ResetPassword,
    /// Make an account an administrator.
    PromoteAccount,
    /// Make an account a standard one.
    DemoteAccount,
    /// Keep an account from authenticating.
    DisableAccount,
    /// Let an account authenticate again.
    UnlockAccount,
    /// Delete an account.
    DeleteAccount,
    /// Make the service account.
    CreateServiceAccount,
    /// Give the service account a new password.
    RotateServiceAccountPassword,
    /// Repair the service account.
    RepairServiceAccount,
    /// Delete the service account.
    RemoveServiceAccount,
    /// Have macOS make another recovery key.
    RotateRecoveryKey,
}

impl OrderKind {
    /// Every kind, in the order of the menu, which is that of the catalogue.
    pub(in crate::console) const ALL: [Self; 15] = [
        Self::GrantSecureToken,
        Self::CreateAccount,
        Self::AdoptAccount,
        Self::ChangePassword,
        Self::ResetPassword,
        Self::PromoteAccount,
        Self::DemoteAccount,
        Self::DisableAccount,
        Self::UnlockAccount,
        Self::DeleteAccount,
        Self::CreateServiceAccount,
        Self::RotateServiceAccountPassword,
        Self::RepairServiceAccount,
        Self::RemoveServiceAccount,
        Self::RotateRecoveryKey,
    ];

    /// The kind of an action.
    pub(in crate::console) fn of(action: &Action) -> Self {
        match action {
            Action::GrantSecureToken(_) => Self::GrantSecureToken,
            Action::CreateAccount(_) => Self::CreateAccount,
            Action::AdoptAccount(_) => Self::AdoptAccount,
            Action::ChangePassword(_) => Self::ChangePassword,
            Action::ResetPassword(_) => Self::ResetPassword,
            Action::PromoteAccount(_) => Self::PromoteAccount,
            Action::DemoteAccount(_) => Self::DemoteAccount,
            Action::DisableAccount(_) => Self::DisableAccount,
            Action::UnlockAccount(_) => Self::UnlockAccount,
            Action::DeleteAccount(_) => Self::DeleteAccount,
            Action::CreateServiceAccount(_) => Self::CreateServiceAccount,
            Action::RotateServiceAccountPassword(_) => Self::RotateServiceAccountPassword,
            Action::RepairServiceAccount(_) => Self::RepairServiceAccount,
            Action::RemoveServiceAccount(_) => Self::RemoveServiceAccount,
            Action::RotateRecoveryKey(_) => Self::RotateRecoveryKey,
        }
    }

    /// What menus call it.
    pub(in crate::console) fn label(self) -> &'static str {
        self.entry().label
    }

    /// What it does, in a line.
    pub(in crate::console) fn description(self) -> &'static str {
        self.entry().summary
    }

    /// The category that it stands in.
    pub(in crate::console) fn category(self) -> &'static str {
        self.entry().category
    }

    /// The last part of the form's address.
    pub(in crate::console) fn slug(self) -> &'static str {
        match self {
            Self::GrantSecureToken => "grant-secure-token",
            Self::CreateAccount => "create-user-account",
            Self::AdoptAccount => "adopt-account",
            Self::ChangePassword => "change-password",
            Self::ResetPassword => "reset-password",
            Self::PromoteAccount => "promote-account",
            Self::DemoteAccount => "demote-account",
            Self::DisableAccount => "disable-account",
            Self::UnlockAccount => "unlock-account",
            Self::DeleteAccount => "delete-account",
            Self::CreateServiceAccount => "create-service-account",
            Self::RotateServiceAccountPassword => "rotate-service-account-password",
            Self::RepairServiceAccount => "repair-service-account",
            Self::RemoveServiceAccount => "remove-service-account",
            Self::RotateRecoveryKey => "rotate-recovery-key",
        }
    }

    /// The kind whose form has this address.
    pub(in crate::console) fn from_slug(slug: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.slug() == slug)
    }

    /// What the form's button says.
    pub(super) fn button(self) -> &'static str {
        match self {
            Self::GrantSecureToken => "Grant Token",
            Self::CreateAccount | Self::CreateServiceAccount => "Create",
            Self::AdoptAccount => "Adopt",
            Self::ChangePassword => "Change",
            Self::ResetPassword => "Reset",
            Self::PromoteAccount => "Promote",
            Self::DemoteAccount => "Demote",
            Self::DisableAccount => "Disable",
            Self::UnlockAccount => "Unlock",
            Self::DeleteAccount => "Delete",
            Self::RotateServiceAccountPassword | Self::RotateRecoveryKey => "Rotate",
            Self::RepairServiceAccount => "Repair",
            Self::RemoveServiceAccount => "Remove",
        }
    }

    /// Whether the action takes the secret of this role: `Some(true)` when it needs it, `Some(false)` when it can do without.
    pub(super) fn takes(self, role: SecretRole) -> Option<bool> {
        let mut secrets = self.entry().secrets.iter();
        Some(secrets.find(|secret| secret.role == role)?.required)
    }

    /// The kind in the catalogue of what can be asked, which has the same order.
    fn entry(self) -> &'static ActionKindView {
        &ALL[self as usize]
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_kind_of_the_catalogue_has_its_form() {
        let kinds: Vec<&str> = ALL.iter().map(|entry| entry.kind).collect();
        let of_forms: Vec<&str> = OrderKind::ALL.iter().map(|kind| kind.entry().kind).collect();
        assert_eq!(kinds, of_forms);
        for kind in OrderKind::ALL {
            assert_eq!(OrderKind::from_slug(kind.slug()), Some(kind));
        }
    }
}
