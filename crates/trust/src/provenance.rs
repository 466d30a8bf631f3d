//! Where an account's token came from, as far as it can be told.

use serde::{Deserialize, Serialize};

use crate::chain::{self, Member};
use crate::observation::{Account, Observation};
use crate::outcome::TrustEdge;

/// Where a token came from.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Provenance {
    /// The way it came.
    pub origin: Origin,
    /// How sure that is.
    pub confidence: Confidence,
    /// Why it is believed, for people.
    pub because: String,
}

/// The ways in which a token comes to an account.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(tag = "way", rename_all = "snake_case")]
pub enum Origin {
    /// Bestow handed it on.
    Granted {
        /// Record name of the account that handed it on.
        by: String,
    },
    /// macOS gave it to the account that Setup Assistant made.
    SetupAssistant,
    /// macOS gave it to the administrator of Automated Device Enrolment, who was the first to log in.
    AutomatedAdminFirstLogin,
    /// macOS handed it on with the bootstrap token, at a login.
    BootstrapToken,
    /// It was there before Bestow looked, and nothing tells how.
    Unknown,
}

/// How sure a statement is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum Confidence {
    /// Bestow did it and read it back.
    Proved,
    /// It follows from what was seen, by macOS's rules.
    Inferred,
    /// Nothing is known.
    None,
}

/// Where the token of `account` came from; `None` when it holds none. `edges` are the Mac's hand-overs, oldest first.
pub fn provenance(account: &Account, observation: &Observation, edges: &[TrustEdge]) -> Option<Provenance> {
    let members = chain::members(observation);
    members
        .iter()
        .find(|member| member.account.guid == account.guid && member.token.holds())?;
    if let Some(edge) = edges.iter().rev().find(|edge| edge.target_guid == account.guid) {
        return Some(Provenance {
            origin: Origin::Granted {
                by: edge.granter.clone(),
            },
            confidence: Confidence::Proved,
            because: format!("Bestow handed it on from {} and read it back", edge.granter),
        });
    }
    let inferred = |origin, because: &str| Provenance {
        origin,
        confidence: Confidence::Inferred,
        because: because.to_owned(),
    };
    if first_holder(&members).is_some_and(|first| first.account.guid == account.guid) {
        let automated = observation.mdm.value().is_some_and(|mdm| mdm.automated);
        return Some(if automated && account.administrator {
            inferred(
                Origin::AutomatedAdminFirstLogin,
                "the oldest account that holds one is an administrator, and the Mac was enrolled automatically",
            )
        } else {
            inferred(
                Origin::SetupAssistant,
                "it is the oldest account that holds one; macOS gives the first by itself",
            )
        });
    }
    let escrowed = observation
        .bootstrap_token
        .value()
        .is_some_and(|token| token.escrowed);
    Some(if escrowed {
        inferred(
            Origin::BootstrapToken,
            "the MDM has the Mac's bootstrap token, which hands one on at each login",
        )
    } else {
        Provenance {
            origin: Origin::Unknown,
            confidence: Confidence::None,
            because: "it was there before Bestow looked".to_owned(),
        }
    })
}

/// The holder that most likely had the first token: the one whose account is the oldest.
pub fn first_holder<'a, 'm>(members: &'m [Member<'a>]) -> Option<&'m Member<'a>> {
    members
        .iter()
        .filter(|member| member.token.holds())
        .min_by_key(|member| {
            (
                member.account.created_at.is_none(),
                member.account.created_at,
                member.account.uid,
            )
        })
}
