//! The closed set of things that may be asked of a device. None of them holds a secret: passwords travel beside an
//! action, sealed to the device, each under the [`SecretRole`] that it plays.

mod account;
mod account_template;
mod adopt_account;
mod create_account;
mod grant;
mod kind;
mod recovery_key;
mod service_account;
mod state;
mod template;

pub use account::{
    ChangePassword, DeleteAccount, DemoteAccount, DisableAccount, PromoteAccount, ResetPassword,
    UnlockAccount,
};
pub use account_template::{
    AccountTemplate, DeleteAccountTemplate, GuardedAccountTemplate, ResetPasswordTemplate,
};
pub use adopt_account::AdoptAccount;
pub use create_account::{AccountRole, CreateAccount};
pub use grant::GrantSecureToken;
pub use kind::Kind;
pub use recovery_key::RotateRecoveryKey;
pub use service_account::{
    CreateServiceAccount, RemoveServiceAccount, RepairServiceAccount, RotateServiceAccountPassword,
};
pub use state::ActionState;
pub use template::{
    ActionTemplate, AdoptAccountTemplate, CreateAccountTemplate, CreateServiceAccountTemplate, GrantTemplate,
    RepairServiceAccountTemplate, RotateRecoveryKeyTemplate,
};

use serde::{Deserialize, Serialize};

use crate::name::AccountName;

/// One typed thing an administrator or the server asks of a device.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum Action {
    /// Hand a Secure Token from one account to another.
    GrantSecureToken(GrantSecureToken),
    /// Make a local account, and hand it a token if asked.
    CreateAccount(CreateAccount),
    /// Make the service account.
    CreateServiceAccount(CreateServiceAccount),
    /// Give the service account a new password.
    RotateServiceAccountPassword(RotateServiceAccountPassword),
    /// Repair the service account.
    RepairServiceAccount(RepairServiceAccount),
    /// Delete the service account.
    RemoveServiceAccount(RemoveServiceAccount),
    /// Have macOS make another recovery key.
    RotateRecoveryKey(RotateRecoveryKey),
    /// Take an existing account over.
    AdoptAccount(AdoptAccount),
    /// Make an account an administrator.
    PromoteAccount(PromoteAccount),
    /// Make an account a standard one.
    DemoteAccount(DemoteAccount),
    /// Keep an account from authenticating.
    DisableAccount(DisableAccount),
    /// Let an account authenticate again.
    UnlockAccount(UnlockAccount),
    /// Delete an account.
    DeleteAccount(DeleteAccount),
    /// Change an account's password by the one that it has.
    ChangePassword(ChangePassword),
    /// Reset an account's password by the authority of another.
    ResetPassword(ResetPassword),
}

impl Action {
    /// Its kind.
    pub fn of_kind(&self) -> Kind {
        match self {
            Self::GrantSecureToken(_) => Kind::GrantSecureToken,
            Self::CreateAccount(_) => Kind::CreateAccount,
            Self::CreateServiceAccount(_) => Kind::CreateServiceAccount,
            Self::RotateServiceAccountPassword(_) => Kind::RotateServiceAccountPassword,
            Self::RepairServiceAccount(_) => Kind::RepairServiceAccount,
            Self::RemoveServiceAccount(_) => Kind::RemoveServiceAccount,
            Self::RotateRecoveryKey(_) => Kind::RotateRecoveryKey,
            Self::AdoptAccount(_) => Kind::AdoptAccount,
            Self::PromoteAccount(_) => Kind::PromoteAccount,
            Self::DemoteAccount(_) => Kind::DemoteAccount,
            Self::DisableAccount(_) => Kind::DisableAccount,
            Self::UnlockAccount(_) => Kind::UnlockAccount,
            Self::DeleteAccount(_) => Kind::DeleteAccount,
            Self::ChangePassword(_) => Kind::ChangePassword,
            Self::ResetPassword(_) => Kind::ResetPassword,
        }
    }

    /// The word of its kind, as in its JSON.
    pub fn kind(&self) -> &'static str {
        self.of_kind().word()
    }

    /// What people call it.
    pub fn label(&self) -> &'static str {
        self.of_kind().label()
    }

    /// What is asked of whom, in a line.
    pub fn in_words(&self) -> String {
        let administrator = self.administrator().map(AccountName::as_str);
        let target = self.target().map(AccountName::as_str);
        self.of_kind().in_words(administrator, target)
    }

    /// The grant that is this action or a part of it, where an account that a person named hands on.
    pub fn grant(&self) -> Option<GrantSecureToken> {
        match self {
            Self::GrantSecureToken(grant) => Some(grant.clone()),
            Self::CreateAccount(create) => create.grant(),
            Self::CreateServiceAccount(_)
            | Self::RotateServiceAccountPassword(_)
            | Self::RepairServiceAccount(_)
            | Self::RemoveServiceAccount(_)
            | Self::RotateRecoveryKey(_)
            | Self::AdoptAccount(_)
            | Self::PromoteAccount(_)
            | Self::DemoteAccount(_)
            | Self::DisableAccount(_)
            | Self::UnlockAccount(_)
            | Self::DeleteAccount(_)
            | Self::ChangePassword(_)
            | Self::ResetPassword(_) => None,
        }
    }

    /// The account that hands a token on or helps, where the action names one.
    pub fn administrator(&self) -> Option<&AccountName> {
        match self {
            Self::GrantSecureToken(grant) => Some(&grant.administrator),
            Self::CreateAccount(create) => create.administrator.as_ref(),
            Self::CreateServiceAccount(create) => Some(&create.administrator),
            Self::RepairServiceAccount(repair) => repair.administrator.as_ref(),
            Self::RotateRecoveryKey(rotate) => rotate.administrator.as_ref(),
            Self::ResetPassword(reset) => Some(&reset.administrator),
            Self::RotateServiceAccountPassword(_)
            | Self::RemoveServiceAccount(_)
            | Self::AdoptAccount(_)
            | Self::PromoteAccount(_)
            | Self::DemoteAccount(_)
            | Self::DisableAccount(_)
            | Self::UnlockAccount(_)
            | Self::DeleteAccount(_)
            | Self::ChangePassword(_) => None,
        }
    }

    /// The account that receives, is made or is taken over, where the action names one.
    pub fn target(&self) -> Option<&AccountName> {
        match self {
            Self::GrantSecureToken(grant) => Some(&grant.target),
            Self::CreateAccount(create) => Some(&create.target),
            Self::AdoptAccount(AdoptAccount { target, .. })
            | Self::PromoteAccount(PromoteAccount { target })
            | Self::DemoteAccount(DemoteAccount { target, .. })
            | Self::DisableAccount(DisableAccount { target, .. })
            | Self::UnlockAccount(UnlockAccount { target })
            | Self::DeleteAccount(DeleteAccount { target, .. })
            | Self::ChangePassword(ChangePassword { target })
            | Self::ResetPassword(ResetPassword { target, .. }) => Some(target),
            Self::CreateServiceAccount(_)
            | Self::RotateServiceAccountPassword(_)
            | Self::RepairServiceAccount(_)
            | Self::RotateRecoveryKey(_)
            | Self::RemoveServiceAccount(_) => None,
        }
    }

    /// Whether `other` asks the same thing for the same account, whoever hands on or helps.
    pub fn asks_the_same_as(&self, other: &Self) -> bool {
        self.kind() == other.kind() && self.target() == other.target()
    }

    /// The Mac's name, where a person typed it to accept what the chain loses.
    pub fn confirm_device_name(&self) -> Option<&str> {
        match self {
            Self::RemoveServiceAccount(remove) => remove.confirm_device_name.as_deref(),
            Self::DemoteAccount(demote) => demote.confirm_device_name.as_deref(),
            Self::DisableAccount(disable) => disable.confirm_device_name.as_deref(),
            Self::DeleteAccount(delete) => delete.confirm_device_name.as_deref(),
            Self::GrantSecureToken(_)
            | Self::CreateAccount(_)
            | Self::CreateServiceAccount(_)
            | Self::RotateServiceAccountPassword(_)
            | Self::RepairServiceAccount(_)
            | Self::RotateRecoveryKey(_)
            | Self::AdoptAccount(_)
            | Self::PromoteAccount(_)
            | Self::UnlockAccount(_)
            | Self::ChangePassword(_)
            | Self::ResetPassword(_) => None,
        }
    }

    /// Whether a granter that is a standard account may be made an administrator for the moment.
    pub fn may_promote(&self) -> bool {
        match self {
            Self::GrantSecureToken(grant) => grant.promote_administrator,
            Self::CreateAccount(create) => create.promote_administrator,
            Self::CreateServiceAccount(create) => create.promote_administrator,
            Self::RepairServiceAccount(repair) => repair.promote_administrator,
            Self::RotateServiceAccountPassword(_)
            | Self::RemoveServiceAccount(_)
            | Self::RotateRecoveryKey(_)
            | Self::AdoptAccount(_)
            | Self::PromoteAccount(_)
            | Self::DemoteAccount(_)
            | Self::DisableAccount(_)
            | Self::UnlockAccount(_)
            | Self::DeleteAccount(_)
            | Self::ChangePassword(_)
            | Self::ResetPassword(_) => false,
        }
    }

    /// Lets a granter that is a standard account be an administrator for the moment of the grant.
    pub fn allow_promotion(&mut self) {
        match self {
            Self::GrantSecureToken(grant) => grant.promote_administrator = true,
            Self::CreateAccount(create) => create.promote_administrator = create.administrator.is_some(),
            Self::CreateServiceAccount(create) => create.promote_administrator = true,
            Self::RepairServiceAccount(repair) => {
                repair.promote_administrator = repair.administrator.is_some();
            }
            Self::RotateServiceAccountPassword(_)
            | Self::RemoveServiceAccount(_)
            | Self::RotateRecoveryKey(_)
            | Self::AdoptAccount(_)
            | Self::PromoteAccount(_)
            | Self::DemoteAccount(_)
            | Self::DisableAccount(_)
            | Self::UnlockAccount(_)
            | Self::DeleteAccount(_)
            | Self::ChangePassword(_)
            | Self::ResetPassword(_) => {}
        }
    }

    /// The secrets that this action needs, in the order in which people are asked for them.
    pub fn secret_roles(&self) -> &'static [SecretRole] {
        self.of_kind().secret_roles(self.administrator().is_some())
    }
}

/// The part that a secret plays in an action. It is bound into the seal, so that one part's secret cannot play another.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum SecretRole {
    /// The password of the account that hands the token on.
    Administrator,
    /// The password of the account that receives it, or of the account that is made.
    Target,
    /// The password that an account is to have.
    NewPassword,
}

impl SecretRole {
    /// Every role.
    pub const ALL: [Self; 3] = [Self::Administrator, Self::Target, Self::NewPassword];

    /// The role's word, as in its JSON.
    pub fn word(self) -> &'static str {
        match self {
            Self::Administrator => "administrator",
            Self::Target => "target",
            Self::NewPassword => "new_password",
        }
    }

    /// The role of this word.
    pub fn from_word(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|role| role.word() == word)
    }
}
