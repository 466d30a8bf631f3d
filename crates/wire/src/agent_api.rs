//! What agent and server say to each other. JSON over HTTPS under `/agent/v1`; each request but the enrolment carries
//! `Authorization: Bestow-Device <token>` ([`crate::identity`]).
//!
//! | request | body | answer |
//! |---|---|---|
//! | `POST /agent/v1/enroll` | [`Enroll`] | [`Enrolled`] |
//! | `POST /agent/v1/check-in` | [`CheckIn`] | [`CheckedIn`] |
//! | `POST /agent/v1/actions/{id}/start` | – | [`Started`], or a problem that says why not |
//! | `POST /agent/v1/actions/{id}/report` | [`Report`] | [`Acknowledged`]; may be repeated |
//! | `GET` and `POST /agent/v1/escrow` | [`crate::escrow`] | [`crate::escrow`] |
//! | `GET /agent/v1/ring` | [`AwaitRing`], in the query | [`Rung`], when something waits or the time is over |
//!
//! Actions travel in answers to a check-in only. A ring just asks for one; an agent that hears none looks in now and then.
//! Between two check-ins an agent waits for the ring, so that one connection is all that it needs.

use std::collections::BTreeMap;
use std::fmt;
use std::time::Duration;

use serde::{Deserialize, Serialize};
use trust::action::SecretRole;
use trust::code::Code;
use trust::id::{ActionId, DeviceId, OrganizationId};
use trust::observation::Observation;
use trust::outcome::Outcome;
use trust::service_account::{Deed, Settings};
use trust::time::Timestamp;

use crate::encoding::Bytes;
use crate::envelope::Envelope;
use crate::identity::DevicePublicKey;
use crate::seal::{Sealed, SealingPublicKey};

/// The longest time for which the server keeps an agent waiting for a ring. What lies between ends connections that are
/// silent for a minute.
pub const LONGEST_RING: Duration = Duration::from_secs(50);

/// Asks to become a device. `Debug` does not show the secret.
#[derive(Clone, Serialize, Deserialize)]
pub struct Enroll {
    /// The enrolment secret, as handed out.
    pub secret: String,
    /// What is enrolled.
    pub identity: EnrolmentIdentity,
    /// The signing key's signature of [`EnrolmentIdentity::proof_message`].
    pub proof: Bytes,
    /// When the Mac was enrolled before: its old id, and the *old* key's signature of the same message.
    pub previous: Option<PreviousIdentity>,
}

impl fmt::Debug for Enroll {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Enroll")
            .field("identity", &self.identity)
            .field("previous", &self.previous)
            .finish_non_exhaustive()
    }
}

/// The Mac and the keys that it made.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct EnrolmentIdentity {
    /// Serial number.
    pub serial_number: String,
    /// The platform UUID, upper case.
    pub hardware_uuid: String,
    /// The computer's name, for people.
    pub name: String,
    /// Version of the agent.
    pub agent_version: String,
    /// Public key that the device signs with.
    pub signing_key: DevicePublicKey,
    /// Public key that secrets for the device are sealed to.
    pub sealing_key: SealingPublicKey,
}

impl EnrolmentIdentity {
    /// What the keys sign to prove that they are there.
    pub fn proof_message(&self) -> Vec<u8> {
        let identity = serde_json_canonicalizer::to_vec(self).unwrap_or_default();
        [b"bestow enrolment v1\0".as_slice(), &identity].concat()
    }
}

/// A device's proof that it is the one that was enrolled before.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct PreviousIdentity {
    /// The id it had.
    pub device_id: DeviceId,
    /// The old signing key's signature of [`EnrolmentIdentity::proof_message`].
    pub proof: Bytes,
}

/// The Mac is a device now.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Enrolled {
    /// The id it has from now on.
    pub device_id: DeviceId,
    /// Its organisation.
    pub organization_id: OrganizationId,
    /// Whether it waits for an administrator's approval.
    pub pending: bool,
    /// The server's clock.
    pub server_time: Timestamp,
}

/// What an agent tells when it looks in.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct CheckIn {
    /// Version of the agent.
    pub agent_version: String,
    /// [`Observation::digest`] of what it sees now.
    pub observation_digest: String,
    /// What it sees, when that differs from what it last delivered.
    pub observation: Option<Observation>,
    /// Actions in its journal whose end the server has not acknowledged.
    pub unfinished: Vec<ActionId>,
    /// [`Settings::digest`] of the settings that the agent goes by; `None` before it was told any.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub settings_digest: Option<String>,
    /// What the agent did by itself and the server has not acknowledged, oldest first, at most [`MOST_DEEDS`]. An answer
    /// acknowledges all of them. May be repeated.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub deeds: Vec<Deed>,
}

/// How many deeds one check-in tells.
pub const MOST_DEEDS: usize = 32;

/// The answer to a check-in. An agent reads it with [`Offered`] for each action, so that one that it does not know keeps it from
/// nothing else.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct CheckedIn<O = Offer> {
    /// The server does not know the digest: send the observation.
    pub wants_observation: bool,
    /// Actions that wait for the device, oldest first. One may be offered again until the agent has started it.
    pub offers: Vec<O>,
    /// What the organisation wants of the Mac's service account, when the agent goes by something else. It is kept and
    /// gone by until other settings come.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub settings: Option<Settings>,
    /// [`EscrowTerms::digest`](crate::escrow::EscrowTerms::digest) of the terms by which the Mac's keys are escrowed. An agent
    /// that goes by others asks for them. `None` for a device that waits for approval.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub escrow_digest: Option<String>,
    /// When to look in again without being rung for.
    pub next_check_in_ms: u64,
    /// How often the server had rung when it read what it answers. The agent waits for what comes after.
    pub rings: u64,
    /// The server's clock.
    pub server_time: Timestamp,
}

/// Waits for a ring.
#[derive(Debug, Clone, Copy, Serialize, Deserialize)]
pub struct AwaitRing {
    /// [`CheckedIn::rings`] of the last check-in; 0 before the first.
    pub after: u64,
    /// How long to wait, at most. The server may answer sooner, after [`LONGEST_RING`].
    pub within_ms: u64,
}

impl AwaitRing {
    /// How long to wait, at most.
    pub fn within(&self) -> Duration {
        Duration::from_millis(self.within_ms)
    }
}

/// The wait for a ring is over.
#[derive(Debug, Clone, Copy, Serialize, Deserialize)]
pub struct Rung {
    /// Whether something waits: look in now.
    pub rung: bool,
}

/// One action with its sealed secrets.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Offer {
    /// The action.
    pub envelope: Envelope,
    /// Its secrets, each bound to the envelope and its role.
    pub secrets: BTreeMap<SecretRole, Sealed>,
}

/// An action as it comes to an agent, which may be older than the server.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(untagged)]
pub enum Offered {
    /// One that the agent knows.
    Known(Box<Offer>),
    /// One of another kind or form.
    Unknown(UnknownOffer),
}

/// As much of an action as every version of the agent can read.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct UnknownOffer {
    /// The action.
    pub envelope: UnknownEnvelope,
}

/// As much of an envelope as every version of the agent can read.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct UnknownEnvelope {
    /// The action's id.
    pub id: ActionId,
    /// The device it is meant for.
    pub device_id: DeviceId,
    /// What is asked.
    pub action: UnknownAction,
}

/// As much of what is asked as every version of the agent can read.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct UnknownAction {
    /// The word of its kind.
    pub kind: String,
}

/// The server agrees that the agent begins. From here on the action cannot be cancelled and does not expire.
#[derive(Debug, Clone, Copy, Serialize, Deserialize)]
pub struct Started {
    /// The server's clock.
    pub server_time: Timestamp,
}

/// How an action ended, with a fresh look at the Mac.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Report {
    /// How it ended.
    pub outcome: Outcome,
    /// What the Mac looks like now.
    pub observation: Option<Observation>,
}

/// The server has stored a report. The agent may forget all but the id.
#[derive(Debug, Clone, Copy, Serialize, Deserialize)]
pub struct Acknowledged {
    /// The server's clock.
    pub server_time: Timestamp,
}

/// A refusal, as RFC 9457 tells it. Members that are not needed to act on are left out here.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct AgentProblem {
    /// The stable code; absent when something between agent and server answered.
    pub code: Option<Code>,
    /// For people.
    pub detail: Option<String>,
    /// The server's clock, so that an agent can correct its offset.
    pub server_time: Option<Timestamp>,
}
