//! The audit log: who changed or revealed what, when and why. Entries are added in the transaction that does what they
//! tell, and never changed.

use sqlx::AnyConnection;
use sqlx::any::AnyRow;
use trust::escrow::What;
use trust::id::{BulkRunId, DeviceId, OrganizationId};
use trust::time::Timestamp;

use crate::actor::Actor;
use crate::idempotency::Request;
use crate::row::Row;
use crate::{Result, Store};

/// What was done.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Verb {
    /// An action was accepted.
    ActionAccepted,
    /// An agent began an action.
    ActionStarted,
    /// An action ended with success.
    ActionSucceeded,
    /// An action was tried and did not come about, or its end is not known.
    ActionFailed,
    /// An agent declined an action.
    ActionRefused,
    /// An action's time ran out.
    ActionExpired,
    /// Somebody called an action back.
    ActionCancelled,
    /// An action was asked of many devices.
    BulkRunAccepted,
    /// Every device of a bulk run was planned; its actions may be released.
    BulkRunReady,
    /// A bulk run releases nothing more until it is continued.
    BulkRunStopped,
    /// Somebody continued a bulk run that had stopped.
    BulkRunContinued,
    /// Somebody called a bulk run back.
    BulkRunCancelled,
    /// The server ended while a bulk run was being prepared.
    BulkRunInterrupted,
    /// Every device of a bulk run has its result.
    BulkRunFinished,
    /// A Mac became a device.
    DeviceEnrolled,
    /// A Mac that claims to be a known device enrolled without its key and waits for approval.
    DevicePending,
    /// A device enrolled anew with its old key and has new ones.
    DeviceKeysChanged,
    /// Somebody approved a pending device.
    DeviceApproved,
    /// A device gave way to an approved one with the same serial number or hardware UUID.
    DeviceReplaced,
    /// A Mac told that an account's token is not worth what it was.
    TokenChanged,
    /// An agent did something by itself with its service account.
    ServiceAccountDeed,
    /// Somebody decided that a device is not looked after any more.
    DeviceForgotten,
    /// Somebody chose a way past a password policy that leaves no password for the service account.
    PolicyConflictChosen,
    /// An enrolment secret was made and shown.
    EnrolmentSecretCreated,
    /// Who uses a Mac, or what was collected for it, was changed.
    EnrolmentRecordSaved,
    /// What was known of who uses a Mac was deleted.
    EnrolmentRecordForgotten,
    /// A link to the enrolment page was made and shown.
    EnrolmentLinkCreated,
    /// Somebody filled in the enrolment page.
    EnrolmentLinkUsed,
    /// A link to the page with the steps of a way back was made and shown.
    RecoveryLinkCreated,
    /// Somebody opened that page, the first time.
    RecoveryLinkOpened,
    /// Secrets that waited for a Mac were sealed to its key.
    CollectedSecretResealed,
    /// A device, or one reason of it, is left out of those that need attention for a while.
    AttentionMuted,
    /// It is no longer left out.
    AttentionUnmuted,
    /// Somebody sees to a device, or nobody any more.
    AttentionAssigned,
    /// A policy was turned on or off.
    PolicyChanged,
    /// A profile was made and shown by which a Mac enrols with Bestow's device management.
    MdmProfileMade,
    /// Another profile was made and shown for an enrolment that goes on.
    MdmProfileRenewed,
    /// A Mac enrolled with Bestow's device management.
    MdmEnrolled,
    /// The profile was removed from a Mac.
    MdmLeft,
    /// Something happened to what the vault keeps of a Mac.
    Escrow(What),
    /// Somebody asks to see what the vault keeps, and needs somebody else's approval.
    RevealAsked,
    /// Somebody else approved that.
    RevealApproved,
    /// An API token was made and shown.
    ApiTokenCreated,
    /// A sign-in link was made and shown.
    SignInLinkCreated,
    /// An API token is no longer valid.
    ApiTokenRevoked,
    /// Somebody may sign in from now on.
    PersonAdded,
    /// A link was made and shown by which a person chooses a password.
    PersonInvited,
    /// A person has another role.
    PersonRoleChanged,
    /// A person may no longer sign in.
    PersonRemoved,
    /// A person has chosen a password.
    PasswordChosen,
    /// A person has set a second factor up.
    SecondFactorAdded,
    /// A person's second factor is no longer asked for.
    SecondFactorRemoved,
    /// A wrong password or code was given for a person.
    SignInRefused,
    /// Somebody signed in to the console.
    SignedIn,
    /// Somebody signed out.
    SignedOut,
    /// Somebody ended another's session, or another one of his own.
    SessionEnded,
    /// Another key signs the audit log from now on.
    AuditKeyReplaced,
}

impl Verb {
    /// The verb's word, as it is kept and shown.
    pub fn word(self) -> &'static str {
        match self {
            Self::ActionAccepted => "action.accepted",
            Self::ActionStarted => "action.started",
            Self::ActionSucceeded => "action.succeeded",
            Self::ActionFailed => "action.failed",
            Self::ActionRefused => "action.refused",
            Self::ActionExpired => "action.expired",
            Self::ActionCancelled => "action.cancelled",
            Self::BulkRunAccepted => "bulk_run.accepted",
            Self::BulkRunReady => "bulk_run.ready",
            Self::BulkRunStopped => "bulk_run.stopped",
            Self::BulkRunContinued => "bulk_run.continued",
            Self::BulkRunCancelled => "bulk_run.cancelled",
            Self::BulkRunInterrupted => "bulk_run.interrupted",
            Self::BulkRunFinished => "bulk_run.finished",
            Self::DeviceEnrolled => "device.enrolled",
            Self::DevicePending => "device.pending",
            Self::DeviceKeysChanged => "device.keys_changed",
            Self::DeviceApproved => "device.approved",
            Self::DeviceReplaced => "device.replaced",
            Self::DeviceForgotten => "device.forgotten",
            Self::TokenChanged => "token.changed",
            Self::ServiceAccountDeed => "service_account.deed",
            Self::PolicyConflictChosen => "policy_conflict.chosen",
            Self::EnrolmentSecretCreated => "enrolment_secret.created",
            Self::EnrolmentRecordSaved => "enrolment_record.saved",
            Self::EnrolmentRecordForgotten => "enrolment_record.forgotten",
            Self::EnrolmentLinkCreated => "enrolment_link.created",
            Self::EnrolmentLinkUsed => "enrolment_link.used",
            Self::RecoveryLinkCreated => "recovery_link.created",
            Self::RecoveryLinkOpened => "recovery_link.opened",
            Self::CollectedSecretResealed => "collected_secret.resealed",
            Self::AttentionMuted => "attention.muted",
            Self::AttentionUnmuted => "attention.unmuted",
            Self::AttentionAssigned => "attention.assigned",
            Self::PolicyChanged => "policy.changed",
            Self::MdmProfileMade => "mdm.profile_made",
            Self::MdmProfileRenewed => "mdm.profile_renewed",
            Self::MdmEnrolled => "mdm.enrolled",
            Self::MdmLeft => "mdm.left",
            Self::Escrow(what) => match what {
                What::Escrowed => "escrow.escrowed",
                What::Proved => "escrow.proved",
                What::Disproved => "escrow.disproved",
                What::KeyUnknown => "escrow.key_unknown",
                What::Emptied => "escrow.emptied",
                What::EnrolledAnew => "escrow.enrolled_anew",
                What::Revealed => "escrow.revealed",
                What::Used => "escrow.used",
                What::ReadOut => "escrow.read_out",
                What::DeviceForgotten => "escrow.device_forgotten",
                What::HoldSet => "escrow.hold_set",
                What::HoldLifted => "escrow.hold_lifted",
                What::Destroyed => "escrow.destroyed",
                What::ReplacementAsked => "escrow.replacement_asked",
                What::DeviceReturned => "escrow.device_returned",
            },
            Self::RevealAsked => "escrow.reveal_asked",
            Self::RevealApproved => "escrow.reveal_approved",
            Self::ApiTokenCreated => "api_token.created",
            Self::SignInLinkCreated => "sign_in_link.created",
            Self::ApiTokenRevoked => "api_token.revoked",
            Self::PersonAdded => "person.added",
            Self::PersonInvited => "person.invited",
            Self::PersonRoleChanged => "person.role_changed",
            Self::PersonRemoved => "person.removed",
            Self::PasswordChosen => "person.password_chosen",
            Self::SecondFactorAdded => "person.second_factor_added",
            Self::SecondFactorRemoved => "person.second_factor_removed",
            Self::SignInRefused => "session.refused",
            Self::SignedIn => "session.signed_in",
            Self::SignedOut => "session.signed_out",
            Self::SessionEnded => "session.ended",
            Self::AuditKeyReplaced => "audit.key_replaced",
        }
    }
}

/// An entry to be added.
#[derive(Debug, Clone)]
pub(crate) struct NewEntry<'a> {
    /// Whose log it belongs to.
    pub organization_id: OrganizationId,
    /// When it was done.
    pub at: Timestamp,
    /// Who did it.
    pub actor: &'a Actor,
    /// What was done.
    pub verb: Verb,
    /// To which device.
    pub device_id: Option<DeviceId>,
    /// To what: an action's id, a token's name.
    pub subject: Option<String>,
    /// Why, in the actor's words.
    pub reason: Option<&'a str>,
    /// What more there is to tell; never a secret.
    pub detail: Option<String>,
}

impl<'a> NewEntry<'a> {
    /// What a request did, with nothing more to tell.
    pub(crate) fn of(request: &'a Request, verb: Verb) -> Self {
        Self {
            organization_id: request.organization_id,
            at: request.at,
            actor: &request.actor,
            verb,
            device_id: None,
            subject: None,
            reason: None,
            detail: None,
        }
    }
}

/// Adds an entry, as part of the transaction that does what it tells.
pub(crate) async fn append(tx: &mut AnyConnection, entry: NewEntry<'_>) -> Result<()> {
    sqlx::query(
        "INSERT INTO audit (organization_id, at, actor, verb, device_id, subject, reason, detail) \
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8)",
    )
    .bind(entry.organization_id.to_string())
    .bind(entry.at.as_millis())
    .bind(entry.actor.to_string())
    .bind(entry.verb.word())
    .bind(entry.device_id.map(|id| id.to_string()))
    .bind(entry.subject)
    .bind(entry.reason.map(str::to_owned))
    .bind(entry.detail)
    .execute(tx)
    .await?;
    Ok(())
}

/// An entry as it stands in the log.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Entry {
    /// Its place in the log. Later entries have higher numbers; there may be gaps.
    pub seq: i64,
    /// When it was done.
    pub at: Timestamp,
    /// Who did it: [`Actor`] as text.
    pub actor: String,
    /// What was done: [`Verb::word`].
    pub verb: String,
    /// To which device.
    pub device_id: Option<DeviceId>,
    /// How that device is called now.
    pub device_name: Option<String>,
    /// To what.
    pub subject: Option<String>,
    /// Why.
    pub reason: Option<String>,
    /// What more there is to tell.
    pub detail: Option<String>,
}

/// At most `limit` entries of an organisation, newest first: those before the entry `before`.
pub async fn list(
    store: &Store,
    organization_id: OrganizationId,
    before: Option<i64>,
    limit: u32,
) -> Result<Vec<Entry>> {
    let rows = sqlx::query(
        "SELECT audit.*, device.name AS device_name FROM audit LEFT JOIN device ON device.id = audit.device_id \
         WHERE audit.organization_id = $1 AND seq < $2 ORDER BY seq DESC LIMIT $3",
    )
    .bind(organization_id.to_string())
    .bind(before.unwrap_or(i64::MAX))
    .bind(i64::from(limit))
    .fetch_all(store.readers())
    .await?;
    rows.iter().map(read).collect()
}

/// At most `limit` entries about a device and those whose place it took, newest first: those before the entry `before`.
pub async fn list_of_device(
    store: &Store,
    organization_id: OrganizationId,
    device_id: DeviceId,
    before: Option<i64>,
    limit: u32,
) -> Result<Vec<Entry>> {
    let rows = sqlx::query(
        "SELECT audit.*, its.name AS device_name FROM (SELECT id, name FROM device WHERE id = $2 UNION ALL \
         SELECT id, name FROM device WHERE replaced_by = $2) AS its CROSS JOIN audit \
         WHERE audit.organization_id = $1 AND audit.device_id = its.id AND seq < $3 ORDER BY seq DESC LIMIT $4",
    )
    .bind(organization_id.to_string())
    .bind(device_id.to_string())
    .bind(before.unwrap_or(i64::MAX))
    .bind(i64::from(limit))
    .fetch_all(store.readers())
    .await?;
    rows.iter().map(read).collect()
}

/// At most `limit` entries about a bulk run itself, newest first.
pub async fn list_of_bulk_run(
    store: &Store,
    organization_id: OrganizationId,
    id: BulkRunId,
    limit: u32,
) -> Result<Vec<Entry>> {
    let rows = sqlx::query(
        "SELECT audit.*, NULL AS device_name FROM audit \
         WHERE organization_id = $1 AND subject = $2 AND device_id IS NULL ORDER BY seq DESC LIMIT $3",
    )
    .bind(organization_id.to_string())
    .bind(id.to_string())
    .bind(i64::from(limit))
    .fetch_all(store.readers())
    .await?;
    rows.iter().map(read).collect()
}

pub(crate) fn read(row: &AnyRow) -> Result<Entry> {
    let row = Row::new("audit", row);
    Ok(Entry {
        seq: row.number("seq")?,
        at: row.time("at")?,
        actor: row.text("actor")?,
        verb: row.text("verb")?,
        device_id: row.optional_id("device_id")?,
        device_name: row.optional_text("device_name")?,
        subject: row.optional_text("subject")?,
        reason: row.optional_text("reason")?,
        detail: row.optional_text("detail")?,
    })
}
