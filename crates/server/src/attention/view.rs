//! Why a device needs attention, as the API shows it.

use serde::Serialize;
use store::attention::KeptReason;
use store::device::Device;
use trust::attention::{Grace, Mute, Owner, Reason, Turn};
use trust::code::Code;
use trust::finding::RemedyKind;
use trust::time::Timestamp;
use utoipa::ToSchema;

/// Where a device stands among those that need attention.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub(crate) enum Standing {
    /// It needs none.
    None,
    /// It is left in peace, because it is new.
    TooNew,
    /// Everything about it is muted.
    Muted,
    /// Its agent mends what is amiss; people have nothing to do.
    Agent,
    /// It needs a person.
    Needed,
}

/// Why a device needs attention, and what is done about it.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub(crate) struct AttentionView {
    /// Where it stands. Those that are `needed` are in the list.
    pub standing: Standing,
    /// The reason that is to be seen to first: of those that are not muted, where there are any; `null` where there is none.
    pub first: Option<Code>,
    /// Since when there has been a reason without a break, of those that are there; `null` where there is none.
    pub since: Option<Timestamp>,
    /// Who has to do something next; `null` where there is no reason.
    pub turn: Option<Turn>,
    /// The kind of the cheapest remedy; `null` where there is no reason.
    pub remedy: Option<RemedyKind>,
    /// Every reason, what is to be seen to first standing first.
    pub reasons: Vec<ReasonView>,
    /// Record names of the administrators that hold a token, one of whom can help to the service account that is missing;
    /// `null` where there is one, where none is wanted, and where nobody can.
    pub admin_list: Option<Vec<String>>,
    /// Who sees to the device.
    #[schema(value_type = Option<String>)]
    pub owner: Option<Owner>,
    /// What is muted now.
    pub mutes: Vec<Mute>,
}

/// One reason, with its code in words.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub(crate) struct ReasonView {
    /// The code in a line.
    pub code_title: &'static str,
    /// Since when it has been one without a break.
    pub since: Timestamp,
    /// Until when it is muted; `null` when it is not.
    pub muted_until: Option<Timestamp>,
    /// What it is, and its cheapest remedy.
    #[serde(flatten)]
    pub reason: Reason,
}

impl AttentionView {
    /// How `device` stands at `now`, when new devices are left in peace for `grace`.
    pub(crate) fn of(device: &Device, grace: Grace, now: Timestamp) -> Self {
        let view = |kept: &KeptReason| {
            let muted_until = Mute::end_for(&device.mutes, kept.reason.code);
            ReasonView {
                code_title: kept.reason.code.entry().title,
                since: kept.since,
                muted_until: Some(muted_until).filter(|end| *end > now),
                reason: kept.reason.clone(),
            }
        };
        let reasons: Vec<ReasonView> = device.attention.reasons.iter().map(view).collect();
        let unmuted = reasons.iter().find(|reason| reason.muted_until.is_none());
        let standing = match unmuted {
            _ if reasons.is_empty() => Standing::None,
            _ if !grace.is_over(device.enrolled_at, now) => Standing::TooNew,
            None => Standing::Muted,
            Some(first) if first.reason.turn == Turn::Agent => Standing::Agent,
            Some(_) => Standing::Needed,
        };
        let first = unmuted.or(reasons.first()).map(|first| &first.reason);
        Self {
            standing,
            first: first.map(|first| first.code),
            since: reasons.iter().map(|reason| reason.since).min(),
            turn: first.map(|first| first.turn),
            remedy: first.map(|first| first.remedy),
            admin_list: device.attention.admin_list.clone(),
            owner: device.owner.clone(),
            mutes: in_force(&device.mutes, now),
            reasons,
        }
    }
}

fn in_force(mutes: &[Mute], now: Timestamp) -> Vec<Mute> {
    mutes.iter().filter(|mute| mute.until > now).cloned().collect()
}
