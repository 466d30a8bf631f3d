//! The catalogue of stable codes: how things end, and why something is refused. Each has a cause, a fix and a page.
//!
//! A code is never renamed: scripts, alerts and people rely on it.

mod access;
mod account;
mod agent;
mod api;
mod bulk;
mod entry;
mod escrow;
mod finding;
mod grant;
mod local_administrator;
mod mdm;
mod recovery_key;
mod service_account;

pub use entry::{Entry, Kind};

use serde::{Deserialize, Serialize};

/// Declares the codes with the file that explains each, so that no code can be without an entry.
macro_rules! codes {
    ($($module:ident { $($variant:ident = $word:literal => $entry:ident),+ $(,)? })+) => {
        /// A stable code.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        #[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
        pub enum Code {
            $($(
                #[doc = concat!("`", $word, "`: see its [`entry`](Self::entry).")]
                #[serde(rename = $word)]
                $variant,
            )+)+
        }

        impl Code {
            /// Every code, in the order of the catalogue.
            pub const ALL: &[Self] = &[$($(Self::$variant,)+)+];

            /// The code's word, in lower snake case.
            pub fn word(self) -> &'static str {
                match self { $($(Self::$variant => $word,)+)+ }
            }

            /// What the catalogue says of it.
            pub fn entry(self) -> &'static Entry {
                match self { $($(Self::$variant => &$module::$entry,)+)+ }
            }
        }
    };
}

codes! {
    grant {
        Granted = "granted" => GRANTED,
        AlreadyGranted = "already_granted" => ALREADY_GRANTED,
        NotObserved = "not_observed" => NOT_OBSERVED,
        OsTooOld = "os_too_old" => OS_TOO_OLD,
        VolumeNotApfs = "volume_not_apfs" => VOLUME_NOT_APFS,
        ChainBroken = "chain_broken" => CHAIN_BROKEN,
        NoGranter = "no_granter" => NO_GRANTER,
        AdministratorUnknown = "administrator_unknown" => ADMINISTRATOR_UNKNOWN,
        AdministratorHasNoToken = "administrator_has_no_token" => ADMINISTRATOR_HAS_NO_TOKEN,
        AdministratorTokenUnusable = "administrator_token_unusable" => ADMINISTRATOR_TOKEN_UNUSABLE,
        AdministratorNotAdmin = "administrator_not_admin" => ADMINISTRATOR_NOT_ADMIN,
        AdministratorDisabled = "administrator_disabled" => ADMINISTRATOR_DISABLED,
        AdministratorNotVolumeOwner = "administrator_not_volume_owner" => ADMINISTRATOR_NOT_VOLUME_OWNER,
        AdministratorWrongPassword = "administrator_wrong_password" => ADMINISTRATOR_WRONG_PASSWORD,
        TargetUnknown = "target_unknown" => TARGET_UNKNOWN,
        TargetAmbiguous = "target_ambiguous" => TARGET_AMBIGUOUS,
        TargetNotMatched = "target_not_matched" => TARGET_NOT_MATCHED,
        TargetWrongPassword = "target_wrong_password" => TARGET_WRONG_PASSWORD,
        TokenUnusable = "token_unusable" => TOKEN_UNUSABLE,
    }
    account {
        AccountCreated = "account_created" => ACCOUNT_CREATED,
        CreatedWithToken = "created_with_token" => CREATED_WITH_TOKEN,
        CreatedWithoutToken = "created_without_token" => CREATED_WITHOUT_TOKEN,
        AccountExists = "account_exists" => ACCOUNT_EXISTS,
        FullNameTaken = "full_name_taken" => FULL_NAME_TAKEN,
        PasswordPolicyConflict = "password_policy_conflict" => PASSWORD_POLICY_CONFLICT,
        AccountNotCreated = "account_not_created" => ACCOUNT_NOT_CREATED,
        LastHolder = "last_holder" => LAST_HOLDER,
        LastAdministrator = "last_administrator" => LAST_ADMINISTRATOR,
        ServiceAccountProtected = "service_account_protected" => SERVICE_ACCOUNT_PROTECTED,
        NothingToDo = "nothing_to_do" => NOTHING_TO_DO,
        AccountPromoted = "account_promoted" => ACCOUNT_PROMOTED,
        AccountDemoted = "account_demoted" => ACCOUNT_DEMOTED,
        AccountDisabled = "account_disabled" => ACCOUNT_DISABLED,
        AccountUnlocked = "account_unlocked" => ACCOUNT_UNLOCKED,
        AccountDeleted = "account_deleted" => ACCOUNT_DELETED,
        AccountNotChanged = "account_not_changed" => ACCOUNT_NOT_CHANGED,
        AccountNotDeleted = "account_not_deleted" => ACCOUNT_NOT_DELETED,
        PasswordChanged = "password_changed" => PASSWORD_CHANGED,
        PasswordReset = "password_reset" => PASSWORD_RESET,
        PasswordNotChanged = "password_not_changed" => PASSWORD_NOT_CHANGED,
        TokenNotKept = "token_not_kept" => TOKEN_NOT_KEPT,
        TargetDisabled = "target_disabled" => TARGET_DISABLED,
        ChangePasswordInstead = "change_password_instead" => CHANGE_PASSWORD_INSTEAD,
    }
    agent {
        DemotionUnproved = "demotion_unproved" => DEMOTION_UNPROVED,
        GrantNotConfirmed = "grant_not_confirmed" => GRANT_NOT_CONFIRMED,
        StateUnreadable = "state_unreadable" => STATE_UNREADABLE,
        FullDiskAccessMissing = "full_disk_access_missing" => FULL_DISK_ACCESS_MISSING,
        ToolFailed = "tool_failed" => TOOL_FAILED,
        AgentTooOld = "agent_too_old" => AGENT_TOO_OLD,
        AgentUninstalled = "agent_uninstalled" => AGENT_UNINSTALLED,
        CredentialStale = "credential_stale" => CREDENTIAL_STALE,
        OutcomeLost = "outcome_lost" => OUTCOME_LOST,
        DeviceReplaced = "device_replaced" => DEVICE_REPLACED,
        Expired = "expired" => EXPIRED,
        Cancelled = "cancelled" => CANCELLED,
    }
    finding {
        MissingFromStartUpScreen = "missing_from_start_up_screen" => MISSING_FROM_START_UP_SCREEN,
        AutomatedAdminWithoutToken = "automated_admin_without_token" => AUTOMATED_ADMIN_WITHOUT_TOKEN,
        UpdatesUnauthorised = "updates_unauthorised" => UPDATES_UNAUTHORISED,
        OnlyOneHolder = "only_one_holder" => ONLY_ONE_HOLDER,
        PrimaryUserWithoutToken = "primary_user_without_token" => PRIMARY_USER_WITHOUT_TOKEN,
        LoginPluginNotRegistered = "login_plugin_not_registered" => LOGIN_PLUGIN_NOT_REGISTERED,
        LoginPluginUnfit = "login_plugin_unfit" => LOGIN_PLUGIN_UNFIT,
    }
    service_account {
        ServiceAccountMissing = "service_account_missing" => MISSING,
        ServiceAccountNoToken = "service_account_no_token" => NO_TOKEN,
        ServiceAccountCannotGrant = "service_account_cannot_grant" => CANNOT_GRANT,
        ServiceAccountPasswordLost = "service_account_password_lost" => PASSWORD_LOST,
        ServiceAccountLocalPassword = "service_account_local_password" => LOCAL_PASSWORD,
        ServiceAccountDiskPassword = "service_account_disk_password" => DISK_PASSWORD,
        ServiceAccountUnproved = "service_account_unproved" => UNPROVED,
        ServiceAccountPolicyConflict = "service_account_policy_conflict" => POLICY_CONFLICT,
        ServiceAccountExpiresSoon = "service_account_expires_soon" => EXPIRES_SOON,
        ServiceAccountAwaitsLogin = "service_account_awaits_login" => AWAITS_LOGIN,
        ServiceAccountExists = "service_account_exists" => EXISTS,
        ServiceAccountNotWanted = "service_account_not_wanted" => NOT_WANTED,
        ServiceAccountNeedsHolder = "service_account_needs_holder" => NEEDS_HOLDER,
        ServiceAccountCreated = "service_account_created" => CREATED,
        ServiceAccountRotated = "service_account_rotated" => ROTATED,
        ServiceAccountRepaired = "service_account_repaired" => REPAIRED,
        ServiceAccountValid = "service_account_valid" => VALID,
        ServiceAccountRemoved = "service_account_removed" => REMOVED,
        ServiceAccountNotCreated = "service_account_not_created" => NOT_CREATED,
        ServiceAccountNotRotated = "service_account_not_rotated" => NOT_ROTATED,
        ServiceAccountNotRepaired = "service_account_not_repaired" => NOT_REPAIRED,
        ServiceAccountNotRemoved = "service_account_not_removed" => NOT_REMOVED,
        AccountAdopted = "account_adopted" => ACCOUNT_ADOPTED,
        AttemptBudgetSpent = "attempt_budget_spent" => ATTEMPT_BUDGET_SPENT,
        AccountLockedOut = "account_locked_out" => ACCOUNT_LOCKED_OUT,
        TooManyGuesses = "too_many_guesses" => TOO_MANY_GUESSES,
        NotAtTheScreen = "not_at_the_screen" => NOT_AT_THE_SCREEN,
        WorkaroundClosed = "workaround_closed" => WORKAROUND_CLOSED,
        NoPolicyConflict = "no_policy_conflict" => NO_POLICY_CONFLICT,
    }
    escrow {
        EscrowNotOpened = "escrow_not_opened" => ESCROW_NOT_OPENED,
        ApprovalNeeded = "approval_needed" => APPROVAL_NEEDED,
        ApprovalByOneself = "approval_by_oneself" => APPROVAL_BY_ONESELF,
        ApprovalNeedsPerson = "approval_needs_person" => APPROVAL_NEEDS_PERSON,
        NoRecoveryKey = "no_recovery_key" => NO_RECOVERY_KEY,
        NoVaultLine = "no_vault_line" => NO_VAULT_LINE,
        SealedOffline = "sealed_offline" => SEALED_OFFLINE,
        SecretDestroyed = "secret_destroyed" => SECRET_DESTROYED,
        TooManyLegacyValues = "too_many_legacy_values" => TOO_MANY_LEGACY_VALUES,
        VaultKeyMissing = "vault_key_missing" => VAULT_KEY_MISSING,
    }
    recovery_key {
        FileVaultOff = "filevault_off" => FILEVAULT_OFF,
        RecoveryKeyRotated = "recovery_key_rotated" => ROTATED,
        RecoveryKeyNotRotated = "recovery_key_not_rotated" => NOT_ROTATED,
        RecoveryKeyUnproved = "recovery_key_unproved" => UNPROVED,
        RecoveryKeyUnknown = "recovery_key_unknown" => UNKNOWN,
        RecoveryKeyNeverKept = "recovery_key_never_kept" => NEVER_KEPT,
        RecoveryKeyNotProved = "recovery_key_not_proved" => NOT_PROVED,
        RecoveryKeyOverdue = "recovery_key_overdue" => OVERDUE,
        VaultNotReached = "vault_not_reached" => VAULT_NOT_REACHED,
    }
    local_administrator {
        LocalAdministratorMade = "local_administrator_made" => MADE,
        LocalAdministratorMadeWithoutToken = "local_administrator_made_without_token" => MADE_WITHOUT_TOKEN,
        LocalAdministratorNotMade = "local_administrator_not_made" => NOT_MADE,
        LocalAdministratorNameTaken = "local_administrator_name_taken" => NAME_TAKEN,
        LocalAdministratorRotated = "local_administrator_rotated" => ROTATED,
        LocalAdministratorNotRotated = "local_administrator_not_rotated" => NOT_ROTATED,
        LocalAdministratorUnproved = "local_administrator_unproved" => UNPROVED,
        NoLocalAdministratorPassword = "no_local_administrator_password" => NO_PASSWORD,
    }
    mdm {
        MdmNotSetUp = "mdm_not_set_up" => NOT_SET_UP,
        MdmNotEnrolled = "mdm_not_enrolled" => NOT_ENROLLED,
        MdmRequestRefused = "mdm_request_refused" => REQUEST_REFUSED,
        MdmAnotherMac = "mdm_another_mac" => ANOTHER_MAC,
    }
    bulk {
        BulkTooManyFailed = "bulk_too_many_failed" => BULK_TOO_MANY_FAILED,
        BulkPlanChanged = "bulk_plan_changed" => BULK_PLAN_CHANGED,
        BulkStopped = "bulk_stopped" => BULK_STOPPED,
        BulkInterrupted = "bulk_interrupted" => BULK_INTERRUPTED,
        BulkSelectsNobody = "bulk_selects_nobody" => BULK_SELECTS_NOBODY,
        BulkPreparing = "bulk_preparing" => BULK_PREPARING,
        BulkNotStopped = "bulk_not_stopped" => BULK_NOT_STOPPED,
        BulkOver = "bulk_over" => BULK_OVER,
    }
    access {
        RoleMissing = "role_missing" => ROLE_MISSING,
        SignInRefused = "sign_in_refused" => SIGN_IN_REFUSED,
        SignInTooOften = "sign_in_too_often" => SIGN_IN_TOO_OFTEN,
        SecondFactorNeeded = "second_factor_needed" => SECOND_FACTOR_NEEDED,
        SecondFactorRefused = "second_factor_refused" => SECOND_FACTOR_REFUSED,
        SignInStepOver = "sign_in_step_over" => SIGN_IN_STEP_OVER,
        InvitationInvalid = "invitation_invalid" => INVITATION_INVALID,
        LastOwner = "last_owner" => LAST_OWNER,
        NameTaken = "name_taken" => NAME_TAKEN,
        AuditLogChanged = "audit_log_changed" => AUDIT_LOG_CHANGED,
    }
    api {
        InvalidRequest = "invalid_request" => INVALID_REQUEST,
        NotSignedIn = "not_signed_in" => NOT_SIGNED_IN,
        SessionChanged = "session_changed" => SESSION_CHANGED,
        NotFound = "not_found" => NOT_FOUND,
        NoWayBackNeeded = "no_way_back_needed" => NO_WAY_BACK_NEEDED,
        IdempotencyKeyMissing = "idempotency_key_missing" => IDEMPOTENCY_KEY_MISSING,
        IdempotencyKeyReused = "idempotency_key_reused" => IDEMPOTENCY_KEY_REUSED,
        PlanChanged = "plan_changed" => PLAN_CHANGED,
        ActionAlreadyStarted = "action_already_started" => ACTION_ALREADY_STARTED,
        NotYet = "not_yet" => NOT_YET,
        UnresolvedWildcard = "unresolved_wildcard" => UNRESOLVED_WILDCARD,
        ImportRefused = "import_refused" => IMPORT_REFUSED,
        MacNotEnrolled = "mac_not_enrolled" => MAC_NOT_ENROLLED,
        DevicePending = "device_pending" => DEVICE_PENDING,
        DeviceForgotten = "device_forgotten" => DEVICE_FORGOTTEN,
        DeviceInBulkRun = "device_in_bulk_run" => DEVICE_IN_BULK_RUN,
        DeviceNotConfirmed = "device_not_confirmed" => DEVICE_NOT_CONFIRMED,
        AlreadyRevealed = "already_revealed" => ALREADY_REVEALED,
        EnrolmentSecretInvalid = "enrolment_secret_invalid" => ENROLMENT_SECRET_INVALID,
        DeviceTokenInvalid = "device_token_invalid" => DEVICE_TOKEN_INVALID,
        InternalError = "internal_error" => INTERNAL_ERROR,
    }
}

impl Code {
    /// The code of this word.
    pub fn from_word(word: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|code| code.word() == word)
    }

    /// Whether this is a good end.
    pub fn is_success(self) -> bool {
        self.entry().kind == Kind::Success
    }
}

impl std::fmt::Display for Code {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(self.word())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_unique_lower_snake_case_and_survive_json() {
        let mut seen = std::collections::BTreeSet::new();
        for &code in Code::ALL {
            let word = code.word();
            assert!(seen.insert(word), "{word} stands twice");
            assert!(word.chars().all(|c| c.is_ascii_lowercase() || c == '_'), "{word}");
            assert_eq!(serde_json::to_string(&code).unwrap(), format!("\"{word}\""));
            assert_eq!(Code::from_word(word), Some(code));
        }
    }

    #[test]
    fn every_entry_teaches() {
        for &code in Code::ALL {
            let entry = code.entry();
            for (part, text) in [
                ("title", entry.title),
                ("cause", entry.cause),
                ("fix", entry.fix),
                ("bestow", entry.bestow),
            ] {
                assert!(!text.trim().is_empty(), "{code} has no {part}");
            }
        }
    }

    #[test]
    fn the_administrator_codes_stand_under_authentication_error() {
        for &code in Code::ALL {
            let administrator = code.word().starts_with("administrator_");
            assert_eq!(
                code.entry().heading == Some("Authentication Error"),
                administrator,
                "{code}"
            );
        }
    }
}
