//! What can happen to the line of versions of a Mac.

use serde::Serialize;

/// Something that happened.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum What {
    /// A version was escrowed.
    Escrowed,
    /// A version was tried on the Mac, and it opens the disk.
    Proved,
    /// A version was tried on the Mac, and it does not open the disk.
    Disproved,
    /// macOS has made a key that did not arrive.
    KeyUnknown,
    /// The Mac said that it has none.
    Emptied,
    /// The Mac enrolled anew, without its old keys.
    EnrolledAnew,
    /// A version was shown to a person.
    Revealed,
    /// The Mac's disk was opened with its recovery key.
    Used,
    /// Somebody was sent to the Mac to type its recovery key there.
    ReadOut,
    /// Somebody decided that the Mac is not looked after any more.
    DeviceForgotten,
    /// An owner decided that nothing of the line may be destroyed.
    HoldSet,
    /// An owner decided that it may be destroyed again.
    HoldLifted,
    /// The secrets of this version and of every one before it were destroyed.
    Destroyed,
    /// Somebody asked that the Mac get another one now.
    ReplacementAsked,
    /// The Mac enrolled anew, which does not change what is kept of it.
    DeviceReturned,
}

impl What {
    /// Everything that can happen.
    pub const ALL: [Self; 15] = [
        Self::Escrowed,
        Self::Proved,
        Self::Disproved,
        Self::KeyUnknown,
        Self::Emptied,
        Self::EnrolledAnew,
        Self::Revealed,
        Self::Used,
        Self::ReadOut,
        Self::DeviceForgotten,
        Self::HoldSet,
        Self::HoldLifted,
        Self::Destroyed,
        Self::ReplacementAsked,
        Self::DeviceReturned,
    ];

    /// Its word, as it is kept and shown.
    pub fn word(self) -> &'static str {
        match self {
            Self::Escrowed => "escrowed",
            Self::Proved => "proved",
            Self::Disproved => "disproved",
            Self::KeyUnknown => "key_unknown",
            Self::Emptied => "emptied",
            Self::EnrolledAnew => "enrolled_anew",
            Self::Revealed => "revealed",
            Self::Used => "used",
            Self::ReadOut => "read_out",
            Self::DeviceForgotten => "device_forgotten",
            Self::HoldSet => "hold_set",
            Self::HoldLifted => "hold_lifted",
            Self::Destroyed => "destroyed",
            Self::ReplacementAsked => "replacement_asked",
            Self::DeviceReturned => "device_returned",
        }
    }

    /// Why a version is not the current one, when this ended it.
    pub fn as_end(self) -> &'static str {
        match self {
            Self::Escrowed => "another one came",
            Self::Proved => "another one was proved",
            Self::Disproved => "it does not open the disk",
            Self::KeyUnknown => "macOS made another one, which did not arrive",
            Self::Emptied => "the Mac said that it has none",
            Self::EnrolledAnew => "the Mac enrolled anew",
            Self::Revealed => "it was shown",
            Self::Used => "it was used",
            Self::ReadOut => "it was read out",
            Self::DeviceForgotten => "the Mac was forgotten",
            Self::HoldSet => "a legal hold was set",
            Self::HoldLifted => "a legal hold was lifted",
            Self::Destroyed => "it was destroyed",
            Self::ReplacementAsked => "another one was asked for",
            Self::DeviceReturned => "the Mac came back",
        }
    }

    /// What was decided about a line, or followed from that; `None` for everything else that happens to one.
    pub fn as_decision(self) -> Option<&'static str> {
        match self {
            Self::DeviceForgotten => Some("the Mac was forgotten"),
            Self::HoldSet => Some("a legal hold was set"),
            Self::HoldLifted => Some("the legal hold was lifted"),
            Self::Destroyed => Some("the secrets were destroyed"),
            Self::Escrowed
            | Self::Proved
            | Self::Disproved
            | Self::KeyUnknown
            | Self::Emptied
            | Self::EnrolledAnew
            | Self::Revealed
            | Self::Used
            | Self::ReadOut
            | Self::ReplacementAsked
            | Self::DeviceReturned => None,
        }
    }

    /// What has this word.
    pub fn from_word(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|what| what.word() == word)
    }
}
