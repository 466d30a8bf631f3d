//! The fields of an action in the OpenAPI document.

use trust::enrolment::Person;
use utoipa::ToSchema;

/// An action as it is asked for, secrets beside the accounts that they belong to. Names may hold wildcards, such as
/// `%username%`, which take their values from the device and its enrolment data; `password_from` stands for a password.
// Only its schema is used: what holds passwords is read field by field.
#[derive(ToSchema)]
#[expect(dead_code, reason = "describes the body in the OpenAPI document")]
pub(crate) struct ActionInput {
    /// One of those that `GET /api/v1/action-kinds` lists.
    kind: String,
    /// The account that hands the token on, or helps. Needed for `grant_secure_token`, `create_service_account` and
    /// `reset_password`; a new
    /// account gets no token without it, a repair is what the agent can do alone, and a recovery key is rotated by the service
    /// account. For the last it may be any account that opens the disk.
    administrator: Option<CredentialInput>,
    /// The account that receives it, that is made, that is taken over, or that something is done to. Of the last a password
    /// is neither needed nor taken.
    target: Option<TargetInput>,
    /// The password that the account is to have: for `change_password` and `reset_password`.
    new_password: Option<NewPasswordInput>,
    /// Whether an administrator's account that is a standard one may become an administrator for the moment of the
    /// grant. No unless told.
    promote_administrator: Option<bool>,
    /// The person whose account the target is from then on, in the Mac's enrolment record: for `adopt_account`, and not in bulk.
    person: Option<Person>,
    /// The Mac's name, to accept what the chain loses: for `remove_service_account`, `demote_account`, `disable_account` and
    /// `delete_account`.
    confirm_device_name: Option<String>,
    /// The plan that the caller agreed to. When the plan is another one by now, the answer is `plan_changed`.
    plan_id: Option<String>,
    /// The action's id. Needed with `sealed`, which is bound to it.
    #[schema(format = "uuid")]
    id: Option<String>,
    /// No agent is shown it before this, in milliseconds since 1970; at most 30 days ahead.
    not_before: Option<i64>,
    /// No agent begins it after this, in milliseconds since 1970; at most 30 days ahead. Needed with `sealed`, which is
    /// bound to it.
    not_after: Option<i64>,
    /// The same as a span in seconds, from now or from `not_before`. Seven days unless told.
    valid_for_s: Option<u64>,
    /// Why, for the audit log.
    reason: Option<String>,
}

/// An account with its password, in clear, sealed, or by wildcards: one of the three. A plan needs none.
#[derive(ToSchema)]
#[expect(dead_code, reason = "describes the body in the OpenAPI document")]
pub(crate) struct CredentialInput {
    /// Its record name.
    username: String,
    /// Its password, taken byte for byte. It is sealed to the device's key before anything else happens, and never kept.
    #[schema(write_only)]
    password: Option<String>,
    /// A text with wildcards that stands for its password, such as `%password%`.
    password_from: Option<String>,
    /// Its password, sealed by the caller to the device's key and bound to the action, role and time limit.
    sealed: Option<SealedInput>,
}

/// The account that receives a token, that is made, or that something is done to. Full name, role and hidden are for
/// `create_account` only.
#[derive(ToSchema)]
#[expect(dead_code, reason = "describes the body in the OpenAPI document")]
pub(crate) struct TargetInput {
    /// Its record name. An account that exists can be chosen by `alias`, `uid` or `with_role` instead: one of the four.
    username: Option<String>,
    /// Any of its names: a record can have further ones beside its record name. It may hold wildcards.
    alias: Option<String>,
    /// Its user id.
    uid: Option<i64>,
    /// `standard` or `administrator`: the only account of this role. The administrator of the action, the service account and
    /// the accounts of macOS itself are never meant.
    with_role: Option<String>,
    /// Its password, taken byte for byte. It is sealed to the device's key before anything else happens, and never kept.
    #[schema(write_only)]
    password: Option<String>,
    /// A text with wildcards that stands for its password, such as `%password%`.
    password_from: Option<String>,
    /// Its password, sealed by the caller to the device's key and bound to the action, role and time limit.
    sealed: Option<SealedInput>,
    /// The name that people see. Needed for `create_account`.
    full_name: Option<String>,
    /// `standard`, unless told, or `administrator`.
    role: Option<String>,
    /// Whether the login window leaves it out. No unless told.
    hidden: Option<bool>,
    /// Whether its home folder goes with it, for `delete_account`. No unless told.
    remove_home: Option<bool>,
}

/// A password that an account is to have, in clear, sealed, or by wildcards: one of the three. A plan needs none.
#[derive(ToSchema)]
#[expect(dead_code, reason = "describes the body in the OpenAPI document")]
pub(crate) struct NewPasswordInput {
    /// The password, taken byte for byte. It is sealed to the device's key before anything else happens, and never kept.
    #[schema(write_only)]
    password: Option<String>,
    /// A text with wildcards that stands for it, such as `%password%`.
    password_from: Option<String>,
    /// The password, sealed by the caller to the device's key and bound to the action, role and time limit.
    sealed: Option<SealedInput>,
}

/// A secret sealed by HPKE base mode: X25519, HKDF-SHA256, ChaCha20-Poly1305.
#[derive(ToSchema)]
#[expect(dead_code, reason = "describes the body in the OpenAPI document")]
pub(crate) struct SealedInput {
    /// The encapsulated key, 32 bytes as base64url without padding.
    encapsulated_key: String,
    /// The padded secret with its tag, as base64url without padding.
    ciphertext: String,
}
