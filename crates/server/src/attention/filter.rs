//! What a list of devices that need attention is narrowed down to.

use serde::Deserialize;
use store::device::Needing;
use trust::attention::{Grace, Owner, Turn};
use trust::code::Code;
use trust::finding::RemedyKind;
use trust::time::Timestamp;
use utoipa::IntoParams;

use crate::problem::Problem;

/// Which of the devices that need attention are wanted, as an address says it. What is empty asks for nothing.
#[derive(Debug, Default, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub(crate) struct Narrowed {
    /// Only those with this reason: the code of a finding.
    reason: Option<String>,
    /// Only those where it is this one's turn: `agent`, `named_person`, `administrator`, `at_the_mac` or `visit`; any
    /// person's unless told.
    turn: Option<String>,
    /// Only those with this cheapest remedy: `agent`, `restart`, `next_login`, `console`, `management`, `utility`,
    /// `at_the_mac`, `reinstall` or `recovery`.
    remedy: Option<String>,
    /// Only those that this one sees to.
    owner: Option<String>,
    /// Whether what is muted is wanted, in the place of what is not.
    muted: Option<bool>,
}

/// The same, read.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(crate) struct Filter {
    /// Only those with this reason.
    pub reason: Option<Code>,
    /// Only those where it is this one's turn.
    pub turn: Option<Turn>,
    /// Only those with this cheapest remedy.
    pub remedy: Option<RemedyKind>,
    /// Only those that this one sees to.
    pub owner: Option<Owner>,
    /// Only what is muted.
    pub muted: bool,
}

impl Filter {
    /// Reads what an address says.
    pub(crate) fn read(narrowed: &Narrowed) -> Result<Self, Problem> {
        Ok(Self {
            reason: word(
                narrowed.reason.as_deref(),
                Code::from_word,
                ("reason", "is a code of the catalogue"),
            )?,
            turn: word(
                narrowed.turn.as_deref(),
                Turn::from_word,
                (
                    "turn",
                    "is `agent`, `named_person`, `administrator`, `at_the_mac` or `visit`",
                ),
            )?,
            remedy: word(
                narrowed.remedy.as_deref(),
                RemedyKind::from_word,
                (
                    "remedy",
                    "is `agent`, `restart`, `next_login`, `console`, `management`, `utility`, `at_the_mac`, `reinstall` \
                     or `recovery`",
                ),
            )?,
            owner: word(
                narrowed.owner.as_deref(),
                |text| text.parse().ok(),
                ("owner", "has 1 to 100 characters"),
            )?,
            muted: narrowed.muted.unwrap_or_default(),
        })
    }

    /// Whether it asks for nothing.
    pub(crate) fn is_empty(&self) -> bool {
        *self == Self::default()
    }

    /// What the store is asked at `now`, when new devices are left in peace for `grace`.
    pub(crate) fn needing(&self, grace: Grace, now: Timestamp) -> Needing {
        Needing {
            reason: self.reason,
            turn: self.turn,
            remedy: self.remedy,
            owner: self.owner.clone(),
            muted: self.muted,
            new_since: grace.ends_for(now),
            now,
        }
    }
}

fn word<T>(
    asked: Option<&str>,
    read: impl Fn(&str) -> Option<T>,
    (field, says): (&str, &'static str),
) -> Result<Option<T>, Problem> {
    match asked {
        None | Some("") => Ok(None),
        Some(asked) => read(asked).map(Some).ok_or_else(|| Problem::invalid(field, says)),
    }
}
