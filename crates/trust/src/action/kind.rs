//! The kinds of actions: what is so of every action of a kind, whether its names are known or hold wildcards.

use super::{
    AdoptAccount, ChangePassword, CreateAccount, CreateServiceAccount, DeleteAccount, DemoteAccount,
    DisableAccount, GrantSecureToken, PromoteAccount, RemoveServiceAccount, RepairServiceAccount,
    ResetPassword, RotateRecoveryKey, RotateServiceAccountPassword, SecretRole, UnlockAccount,
};

/// What an [`Action`](super::Action) is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// See [`GrantSecureToken`].
    GrantSecureToken,
    /// See [`CreateAccount`].
    CreateAccount,
    /// See [`CreateServiceAccount`].
    CreateServiceAccount,
    /// See [`RotateServiceAccountPassword`].
    RotateServiceAccountPassword,
    /// See [`RepairServiceAccount`].
    RepairServiceAccount,
    /// See [`RemoveServiceAccount`].
    RemoveServiceAccount,
    /// See [`RotateRecoveryKey`].
    RotateRecoveryKey,
    /// See [`AdoptAccount`].
    AdoptAccount,
    /// See [`PromoteAccount`].
    PromoteAccount,
    /// See [`DemoteAccount`].
    DemoteAccount,
    /// See [`DisableAccount`].
    DisableAccount,
    /// See [`UnlockAccount`].
    UnlockAccount,
    /// See [`DeleteAccount`].
    DeleteAccount,
    /// See [`ChangePassword`].
    ChangePassword,
    /// See [`ResetPassword`].
    ResetPassword,
}

impl Kind {
    /// Every kind.
    pub const ALL: [Self; 15] = [
        Self::GrantSecureToken,
        Self::CreateAccount,
        Self::CreateServiceAccount,
        Self::RotateServiceAccountPassword,
        Self::RepairServiceAccount,
        Self::RemoveServiceAccount,
        Self::RotateRecoveryKey,
        Self::AdoptAccount,
        Self::PromoteAccount,
        Self::DemoteAccount,
        Self::DisableAccount,
        Self::UnlockAccount,
        Self::DeleteAccount,
        Self::ChangePassword,
        Self::ResetPassword,
    ];

    /// The word for it, as it stands in JSON.
    pub fn word(self) -> &'static str {
        match self {
            Self::GrantSecureToken => "grant_secure_token",
            Self::CreateAccount => "create_account",
            Self::CreateServiceAccount => "create_service_account",
            Self::RotateServiceAccountPassword => "rotate_service_account_password",
            Self::RepairServiceAccount => "repair_service_account",
            Self::RemoveServiceAccount => "remove_service_account",
            Self::RotateRecoveryKey => "rotate_recovery_key",
            Self::AdoptAccount => "adopt_account",
            Self::PromoteAccount => "promote_account",
            Self::DemoteAccount => "demote_account",
            Self::DisableAccount => "disable_account",
            Self::UnlockAccount => "unlock_account",
            Self::DeleteAccount => "delete_account",
            Self::ChangePassword => "change_password",
            Self::ResetPassword => "reset_password",
        }
    }

    /// The kind of this word.
    pub fn from_word(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.word() == word)
    }

    /// What people call it.
    pub fn label(self) -> &'static str {
        match self {
            Self::GrantSecureToken => GrantSecureToken::LABEL,
            Self::CreateAccount => CreateAccount::LABEL,
            Self::CreateServiceAccount => CreateServiceAccount::LABEL,
            Self::RotateServiceAccountPassword => RotateServiceAccountPassword::LABEL,
            Self::RepairServiceAccount => RepairServiceAccount::LABEL,
            Self::RemoveServiceAccount => RemoveServiceAccount::LABEL,
            Self::RotateRecoveryKey => RotateRecoveryKey::LABEL,
            Self::AdoptAccount => AdoptAccount::LABEL,
            Self::PromoteAccount => PromoteAccount::LABEL,
            Self::DemoteAccount => DemoteAccount::LABEL,
            Self::DisableAccount => DisableAccount::LABEL,
            Self::UnlockAccount => UnlockAccount::LABEL,
            Self::DeleteAccount => DeleteAccount::LABEL,
            Self::ChangePassword => ChangePassword::LABEL,
            Self::ResetPassword => ResetPassword::LABEL,
        }
    }

    /// An action that names these accounts, in a line.
    pub(super) fn in_words(self, administrator: Option<&str>, target: Option<&str>) -> String {
        let label = self.label();
        match (self, administrator, target) {
            (Self::GrantSecureToken, Some(administrator), Some(target)) => {
                format!("{label}: {administrator} → {target}")
            }
            (Self::RotateRecoveryKey, Some(holder), _) => format!("{label}, with the password of {holder}"),
            (Self::RepairServiceAccount, Some(helper), _) => format!("{label}, with the help of {helper}"),
            (Self::ResetPassword, Some(helper), Some(target)) => {
                format!("{label}: {target}, with the help of {helper}")
            }
            (_, Some(granter), Some(target)) => format!("{label}: {target}, with a token from {granter}"),
            (_, Some(granter), None) => format!("{label}, with a token from {granter}"),
            (_, None, Some(target)) => format!("{label}: {target}"),
            (_, None, None) => label.to_owned(),
        }
    }

    /// The secrets that it needs, in the order in which people are asked for them.
    pub(super) fn secret_roles(self, names_an_administrator: bool) -> &'static [SecretRole] {
        match self {
            Self::GrantSecureToken => &[SecretRole::Administrator, SecretRole::Target],
            Self::CreateAccount if names_an_administrator => &[SecretRole::Administrator, SecretRole::Target],
            Self::CreateAccount | Self::AdoptAccount => &[SecretRole::Target],
            Self::CreateServiceAccount => &[SecretRole::Administrator],
            Self::ChangePassword => &[SecretRole::Target, SecretRole::NewPassword],
            Self::ResetPassword => &[SecretRole::Administrator, SecretRole::NewPassword],
            Self::RepairServiceAccount | Self::RotateRecoveryKey if names_an_administrator => {
                &[SecretRole::Administrator]
            }
            Self::RotateServiceAccountPassword
            | Self::RotateRecoveryKey
            | Self::RepairServiceAccount
            | Self::RemoveServiceAccount
            | Self::PromoteAccount
            | Self::DemoteAccount
            | Self::DisableAccount
            | Self::UnlockAccount
            | Self::DeleteAccount => &[],
        }
    }
}
