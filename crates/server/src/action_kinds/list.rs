//! `GET /api/v1/action-kinds`: what can be asked of a device, with the labels under which people know it.

use axum::Json;
use serde::Serialize;
use trust::action::{
    AdoptAccount, ChangePassword, CreateAccount, CreateServiceAccount, DeleteAccount, DemoteAccount,
    DisableAccount, GrantSecureToken, PromoteAccount, RemoveServiceAccount, RepairServiceAccount,
    ResetPassword, RotateRecoveryKey, RotateServiceAccountPassword, SecretRole, UnlockAccount,
};
use utoipa::ToSchema;

use crate::identity::Caller;
use crate::problem::{Problem, ProblemView};

/// The catalogue.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct ActionKinds {
    /// Every kind.
    items: &'static [ActionKindView],
}

/// A kind of action.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct ActionKindView {
    /// Its word.
    pub kind: &'static str,
    /// Its name for people.
    pub label: &'static str,
    /// The category that it stands in.
    pub category: &'static str,
    /// What it does, in a sentence.
    pub summary: &'static str,
    /// The secrets that it takes, in the order in which people are asked for them.
    pub secrets: &'static [SecretView],
}

/// A secret that an action takes.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct SecretView {
    /// The part that it plays.
    pub role: SecretRole,
    /// Whether the action needs it whatever else is asked for.
    pub required: bool,
}

/// The category of what concerns accounts.
pub(crate) const POLICIES_AND_ACCOUNTS: &str = "Policies & Accounts";

/// The category of what concerns the service account.
pub(crate) const SERVICE_ACCOUNT: &str = "Service Account";

/// The category of what concerns FileVault.
pub(crate) const FILEVAULT: &str = "FileVault";

/// Every kind of action that can be asked for.
pub(crate) const ALL: &[ActionKindView] = &[
    ActionKindView {
        kind: "grant_secure_token",
        label: GrantSecureToken::LABEL,
        category: POLICIES_AND_ACCOUNTS,
        summary: "Hands a Secure Token on from an administrator who holds one to another account.",
        secrets: &[
            SecretView {
                role: SecretRole::Administrator,
                required: true,
            },
            SecretView {
                role: SecretRole::Target,
                required: true,
            },
        ],
    },
    ActionKindView {
        kind: "create_account",
        label: CreateAccount::LABEL,
        category: POLICIES_AND_ACCOUNTS,
        summary: "Makes a local account, and hands it a Secure Token when an administrator's credentials are given.",
        secrets: &[
            SecretView {
                role: SecretRole::Administrator,
                required: false,
            },
            SecretView {
                role: SecretRole::Target,
                required: true,
            },
        ],
    },
    ActionKindView {
        kind: "adopt_account",
        label: AdoptAccount::LABEL,
        category: POLICIES_AND_ACCOUNTS,
        summary: "Proves the password of an account that exists on the Mac, and lets the service account hand it a Secure Token if it has none. It can be bound to the person who uses it.",
        secrets: &[SecretView {
            role: SecretRole::Target,
            required: true,
        }],
    },
    ActionKindView {
        kind: "change_password",
        label: ChangePassword::LABEL,
        category: POLICIES_AND_ACCOUNTS,
        summary: "Gives an account another password by the one that it has, and proves that its Secure Token is kept.",
        secrets: &[
            SecretView {
                role: SecretRole::Target,
                required: true,
            },
            SecretView {
                role: SecretRole::NewPassword,
                required: true,
            },
        ],
    },
    ActionKindView {
        kind: "reset_password",
        label: ResetPassword::LABEL,
        category: POLICIES_AND_ACCOUNTS,
        summary: "Gives an account another password by the authority of an administrator who holds a Secure Token, and proves that its own is kept.",
        secrets: &[
            SecretView {
                role: SecretRole::Administrator,
                required: true,
            },
            SecretView {
                role: SecretRole::NewPassword,
                required: true,
            },
        ],
    },
    ActionKindView {
        kind: "promote_account",
        label: PromoteAccount::LABEL,
        category: POLICIES_AND_ACCOUNTS,
        summary: "Makes an account an administrator.",
        secrets: &[],
    },
    ActionKindView {
        kind: "demote_account",
        label: DemoteAccount::LABEL,
        category: POLICIES_AND_ACCOUNTS,
        summary: "Makes an administrator a standard account. Refused where it would leave nobody to hand a token on, or no administrator, unless the Mac's name is typed.",
        secrets: &[],
    },
    ActionKindView {
        kind: "disable_account",
        label: DisableAccount::LABEL,
        category: POLICIES_AND_ACCOUNTS,
        summary: "Keeps an account from authenticating until it is unlocked. Refused where it would cut the chain, unless the Mac's name is typed.",
        secrets: &[],
    },
    ActionKindView {
        kind: "unlock_account",
        label: UnlockAccount::LABEL,
        category: POLICIES_AND_ACCOUNTS,
        summary: "Lets an account authenticate again: enables it, and makes the Mac forget its failed tries.",
        secrets: &[],
    },
    ActionKindView {
        kind: "delete_account",
        label: DeleteAccount::LABEL,
        category: POLICIES_AND_ACCOUNTS,
        summary: "Deletes an account and its key to the disk. Refused where it would cut the chain, unless the Mac's name is typed.",
        secrets: &[],
    },
    ActionKindView {
        kind: "create_service_account",
        label: CreateServiceAccount::LABEL,
        category: SERVICE_ACCOUNT,
        summary: "Makes the service account now, with a Secure Token from an administrator who holds one.",
        secrets: &[SecretView {
            role: SecretRole::Administrator,
            required: true,
        }],
    },
    ActionKindView {
        kind: "rotate_service_account_password",
        label: RotateServiceAccountPassword::LABEL,
        category: SERVICE_ACCOUNT,
        summary: "Gives the service account a new password, made on the Mac and proved before the old one is dropped.",
        secrets: &[],
    },
    ActionKindView {
        kind: "repair_service_account",
        label: RepairServiceAccount::LABEL,
        category: SERVICE_ACCOUNT,
        summary: "Makes a service account valid that is not: by what the agent can do alone, or with an administrator's help.",
        secrets: &[SecretView {
            role: SecretRole::Administrator,
            required: false,
        }],
    },
    ActionKindView {
        kind: "remove_service_account",
        label: RemoveServiceAccount::LABEL,
        category: SERVICE_ACCOUNT,
        summary: "Deletes the service account. Refused where it would leave nobody to hand a token on, unless the Mac's name is typed.",
        secrets: &[],
    },
    ActionKindView {
        kind: "rotate_recovery_key",
        label: RotateRecoveryKey::LABEL,
        category: FILEVAULT,
        summary: "Has macOS make another recovery key, proves that it opens the disk, and escrows it. The former key opens nothing any more.",
        secrets: &[SecretView {
            role: SecretRole::Administrator,
            required: false,
        }],
    },
];

/// Lists the kinds of actions that can be asked of a device.
#[utoipa::path(get, path = "/api/v1/action-kinds", tag = "actions", responses(
    (status = 200, description = "Every kind", body = ActionKinds),
    (status = "4XX", description = "A problem", body = ProblemView, content_type = "application/problem+json"),
))]
pub(crate) async fn list_action_kinds(_: Caller) -> Result<Json<ActionKinds>, Problem> {
    Ok(Json(ActionKinds { items: ALL }))
}

#[cfg(test)]
mod tests {
    use trust::action::Action;

    use super::*;
    use crate::testing::TestApp;

    /// One action of each kind, with everything that it can carry. A new kind does not compile here.
    fn example(kind: &str) -> Action {
        let grant = GrantSecureToken {
            administrator: "ada".parse().unwrap(),
            target: "bob".parse().unwrap(),
            promote_administrator: false,
        };
        let create = CreateAccount {
            target: "bob".parse().unwrap(),
            full_name: "Bob".parse().unwrap(),
            role: trust::action::AccountRole::Standard,
            hidden: false,
            administrator: Some("ada".parse().unwrap()),
            promote_administrator: false,
        };
        let all = [
            Action::GrantSecureToken(grant),
            Action::CreateAccount(create),
            Action::AdoptAccount(AdoptAccount {
                person: None,
                target: "bob".parse().unwrap(),
            }),
            Action::CreateServiceAccount(CreateServiceAccount {
                administrator: "ada".parse().unwrap(),
                promote_administrator: false,
            }),
            Action::RotateServiceAccountPassword(RotateServiceAccountPassword {}),
            Action::RepairServiceAccount(RepairServiceAccount {
                administrator: Some("ada".parse().unwrap()),
                promote_administrator: false,
            }),
            Action::RemoveServiceAccount(RemoveServiceAccount::default()),
            Action::RotateRecoveryKey(RotateRecoveryKey {
                administrator: Some("ada".parse().unwrap()),
            }),
            Action::ChangePassword(ChangePassword {
                target: "bob".parse().unwrap(),
            }),
            Action::ResetPassword(ResetPassword {
                target: "bob".parse().unwrap(),
                administrator: "ada".parse().unwrap(),
            }),
            Action::PromoteAccount(PromoteAccount {
                target: "bob".parse().unwrap(),
            }),
            Action::DemoteAccount(DemoteAccount {
                target: "bob".parse().unwrap(),
                confirm_device_name: None,
            }),
            Action::DisableAccount(DisableAccount {
                target: "bob".parse().unwrap(),
                confirm_device_name: None,
            }),
            Action::UnlockAccount(UnlockAccount {
                target: "bob".parse().unwrap(),
            }),
            Action::DeleteAccount(DeleteAccount {
                target: "bob".parse().unwrap(),
                remove_home: false,
                confirm_device_name: None,
            }),
        ];
        for action in &all {
            match action {
                Action::GrantSecureToken(_)
                | Action::CreateAccount(_)
                | Action::AdoptAccount(_)
                | Action::CreateServiceAccount(_)
                | Action::RotateServiceAccountPassword(_)
                | Action::RotateRecoveryKey(_)
                | Action::RepairServiceAccount(_)
                | Action::RemoveServiceAccount(_)
                | Action::ChangePassword(_)
                | Action::ResetPassword(_)
                | Action::PromoteAccount(_)
                | Action::DemoteAccount(_)
                | Action::DisableAccount(_)
                | Action::UnlockAccount(_)
                | Action::DeleteAccount(_) => {}
            }
        }
        let mut all = all.into_iter();
        all.find(|action| action.kind() == kind).unwrap()
    }

    #[tokio::test]
    async fn every_kind_has_its_label_and_the_secrets_that_it_takes() {
        let app = TestApp::start().await;
        let listed = app.get("/api/v1/action-kinds").await.expect(200);
        let labels: Vec<_> = ALL.iter().map(|kind| kind.label).collect();
        let expected = [
            "Grant Secure Token",
            "Create User Account",
            "Adopt Account",
            "Change Password",
            "Reset Password",
            "Promote Account",
            "Demote Account",
            "Disable Account",
            "Unlock Account",
            "Delete Account",
            "Create Service Account",
            "Rotate Service Account Password",
            "Repair Service Account",
            "Remove Service Account",
            "Rotate Recovery Key",
        ];
        assert_eq!(labels, expected);
        for (shown, kind) in listed["items"].as_array().unwrap().iter().zip(ALL) {
            assert_eq!(shown["kind"], kind.kind);
            assert_eq!(shown["label"], kind.label);
            assert_eq!(shown["category"], kind.category);
            let roles: Vec<SecretRole> = kind.secrets.iter().map(|secret| secret.role).collect();
            assert_eq!(roles, example(kind.kind).secret_roles());
        }
    }
}
