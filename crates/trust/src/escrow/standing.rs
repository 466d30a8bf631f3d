//! Where a Mac's line of versions has come to.

use serde::{Deserialize, Serialize};

use super::kind::EscrowKind;
use super::origin::Origin;
use super::rotation;
use super::what::What;
use crate::time::Timestamp;

/// What is known of the key that a Mac has now.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema), schema(as = EscrowState))]
#[serde(rename_all = "snake_case")]
pub enum State {
    /// Nothing was ever escrowed.
    #[default]
    Empty,
    /// The current version is the Mac's, as far as is known.
    Held,
    /// The Mac has a key that the vault does not: the newest version was superseded or does not open the disk.
    KeyUnknown,
    /// The current version was ended, and none has come since.
    Ended,
}

impl State {
    /// Every state.
    pub const ALL: [Self; 4] = [Self::Empty, Self::Held, Self::KeyUnknown, Self::Ended];

    /// The state's word, as it is kept and shown.
    pub fn word(self) -> &'static str {
        match self {
            Self::Empty => "empty",
            Self::Held => "held",
            Self::KeyUnknown => "key_unknown",
            Self::Ended => "ended",
        }
    }

    /// What people call it.
    pub fn label(self) -> &'static str {
        match self {
            Self::Empty => "none kept",
            Self::Held => "kept",
            Self::KeyUnknown => "unknown",
            Self::Ended => "ended",
        }
    }

    /// The state of this word.
    pub fn from_word(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|state| state.word() == word)
    }
}

/// Where a line of versions has come to.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Standing {
    /// What is known of the Mac's key.
    pub state: State,
    /// The number of the newest version; 0 when there is none. Versions count from 1, without gaps.
    pub latest: u32,
    /// The version that is the Mac's; `Some` exactly where the state is [`State::Held`].
    pub current: Option<u32>,
    /// Since when it is the current one.
    pub current_since: Option<Timestamp>,
    /// When the current version was last proved to open the disk.
    pub proved_at: Option<Timestamp>,
    /// When the Mac is to have another key because somebody knows this one, or used it.
    pub rotate_after: Option<Timestamp>,
    /// Since when the Mac is forgotten; `None` for one that is looked after, and for one that has come back.
    pub forgotten_at: Option<Timestamp>,
    /// Since when a legal hold keeps everything from being destroyed.
    pub held_since: Option<Timestamp>,
    /// The secrets of the versions up to this one were destroyed; 0 when none was.
    pub destroyed: u32,
}

impl Standing {
    /// Where the line is after `what` happened to `version` at `at`. A new version is `latest + 1`, and `origin` says where it
    /// came from. What happens to the whole line has no version.
    ///
    /// `None` when it cannot have happened: it names a version that there is not or that was destroyed, or destroys what a hold
    /// keeps or what is a Mac's that is looked after.
    pub fn after(
        self,
        what: What,
        version: Option<u32>,
        origin: Option<Origin>,
        at: Timestamp,
    ) -> Option<Self> {
        let exists =
            version.is_some_and(|version| (1..=self.latest).contains(&version) && version > self.destroyed);
        let is_current = exists && version == self.current;
        match what {
            What::Escrowed => {
                let new = self.latest.checked_add(1)?;
                let origin = origin?;
                if version != Some(new) {
                    return None;
                }
                if origin == Origin::Legacy {
                    return Some(self.with_former(new));
                }
                Some(Self {
                    state: State::Held,
                    latest: new,
                    current: Some(new),
                    current_since: Some(at),
                    proved_at: None,
                    // What is found or typed may be the very key that was shown.
                    rotate_after: self.rotate_after.filter(|_| !origin.is_fresh()),
                    forgotten_at: None,
                    ..self
                })
            }
            What::Proved => exists.then_some(Self {
                state: State::Held,
                current: version,
                current_since: if is_current { self.current_since } else { Some(at) },
                proved_at: if is_current {
                    self.proved_at.max(Some(at))
                } else {
                    Some(at)
                },
                ..self
            }),
            What::Disproved if is_current => Some(self.without_current(State::KeyUnknown)),
            What::Disproved => exists.then_some(self),
            What::KeyUnknown => Some(self.without_current(State::KeyUnknown)),
            What::Emptied if self.latest == 0 => Some(self),
            What::Emptied => Some(self.without_current(State::Ended)),
            What::EnrolledAnew => {
                let ended = match self.latest {
                    0 => self,
                    _ => self.without_current(State::Ended),
                };
                Some(Self {
                    forgotten_at: None,
                    ..ended
                })
            }
            What::DeviceReturned => Some(Self {
                forgotten_at: None,
                ..self
            }),
            What::DeviceForgotten => Some(Self {
                forgotten_at: Some(at),
                ..self
            }),
            What::HoldSet => Some(Self {
                held_since: self.held_since.or(Some(at)),
                ..self
            }),
            What::HoldLifted => self.held_since.map(|_| Self {
                held_since: None,
                ..self
            }),
            What::Destroyed => {
                (exists && version == Some(self.latest) && self.may_be_destroyed()).then_some(Self {
                    destroyed: self.latest,
                    rotate_after: None,
                    ..self.without_current(State::Ended)
                })
            }
            What::Revealed => exists.then_some(Self {
                rotate_after: match self.rotate_after {
                    None if self.may_be_the_macs(version) => Some(rotation::after_reveal(at)),
                    due => due,
                },
                ..self
            }),
            // Whoever typed it has it.
            What::Used | What::ReplacementAsked => Some(Self {
                rotate_after: Some(self.rotate_after.map_or(at, |due| due.min(at))),
                ..self
            }),
            What::ReadOut => Some(Self {
                rotate_after: self.rotate_after.or(Some(rotation::after_reveal(at))),
                ..self
            }),
        }
    }

    /// Where the line of this kind stands, in a sentence.
    pub fn sentence(self, kind: EscrowKind) -> &'static str {
        match (self.state, self.proved_at) {
            (State::KeyUnknown, _) if kind == EscrowKind::LocalAdministratorPassword => {
                "Somebody has changed the password on the Mac: what is kept is not the one in force. Delete the account, and the \
                 agent makes it anew."
            }
            (State::Held, _) if kind.is_entered() => {
                "A version is kept, as somebody entered it. Bestow does not try it on the Mac."
            }
            (State::Ended, _) if kind.is_entered() && self.keeps_something() => {
                "Only former ones are kept. They may still work."
            }
            (State::Empty, _) => "Nothing is kept for this Mac yet.",
            (State::Held, Some(_)) => "The kept version was proved on the Mac.",
            (State::Held, None) => {
                "A version is kept. It was never tried on the Mac, so that nobody knows yet whether it works."
            }
            (State::KeyUnknown, _) if self.latest == 0 => {
                "The Mac has one that the vault never had: there is nothing to show. A rotation, for which somebody has to hold a Secure \
                 Token there, makes one that the vault knows."
            }
            (State::KeyUnknown, _) => {
                "The Mac has another one than the vault: what is kept does not work, or is not known to. A rotation makes one \
                 that the vault knows; the agent begins it by itself where the lost one was its own and the service account can do it."
            }
            (State::Ended, _) if !self.keeps_something() => {
                "What was kept was destroyed when its time had run out."
            }
            (State::Ended, _) => {
                "The Mac enrolled anew, or said that it has none. What was kept before is still here and may still work."
            }
        }
    }

    /// The version that is shown when somebody asks for none in particular: the current one, or the newest. `None` when there
    /// is none.
    pub fn to_show(self) -> Option<u32> {
        self.current.or(self.keeps_something().then_some(self.latest))
    }

    /// From when on its Mac is to have another one of this kind. `None` also where somebody knows the one that is kept and nobody
    /// replaces it: what people entered is theirs to change, and a forgotten Mac is told nothing.
    pub fn replaced_after(self, kind: EscrowKind) -> Option<Timestamp> {
        self.rotate_after
            .filter(|_| !kind.is_entered() && self.forgotten_at.is_none())
    }

    /// Whether there is a version that was not destroyed.
    pub fn keeps_something(self) -> bool {
        self.latest > self.destroyed
    }

    /// Whether its secrets may be destroyed when their time has run out: the Mac is forgotten, and no hold keeps them.
    pub(super) fn may_be_destroyed(self) -> bool {
        self.forgotten_at.is_some() && self.held_since.is_none() && self.keeps_something()
    }

    /// Whether a version may be the Mac's key: it is current, or none is.
    fn may_be_the_macs(self, version: Option<u32>) -> bool {
        self.current.is_none() || self.current == version
    }

    /// With one version more, which is not the one that the Mac has.
    fn with_former(self, new: u32) -> Self {
        let state = match self.state {
            State::Empty => State::Ended,
            known => known,
        };
        Self {
            state,
            latest: new,
            forgotten_at: None,
            ..self
        }
    }

    fn without_current(self, state: State) -> Self {
        Self {
            state,
            current: None,
            current_since: None,
            proved_at: None,
            ..self
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::escrow::rotation::AFTER_REVEAL;

    const NOW: Timestamp = Timestamp(1_000_000);

    fn held(version: u32) -> Standing {
        Standing {
            state: State::Held,
            latest: version,
            current: Some(version),
            current_since: Some(NOW),
            ..Standing::default()
        }
    }

    fn after(standing: Standing, what: What, version: Option<u32>) -> Standing {
        standing
            .after(what, version, Some(Origin::Rotation), NOW)
            .unwrap()
    }

    #[test]
    fn a_new_version_is_current_and_unproved() {
        let first = after(Standing::default(), What::Escrowed, Some(1));
        assert_eq!(first, held(1));
        let proved = after(first, What::Proved, Some(1));
        assert_eq!(proved.proved_at, Some(NOW));
        assert_eq!(after(proved, What::Escrowed, Some(2)), held(2));
    }

    #[test]
    fn a_version_that_is_not_there_cannot_be_proved_shown_or_skipped() {
        for (what, version) in [
            (What::Escrowed, Some(3)),
            (What::Escrowed, None),
            (What::Proved, Some(2)),
            (What::Proved, None),
            (What::Disproved, Some(0)),
            (What::Revealed, Some(2)),
        ] {
            let origin = Some(Origin::Rotation);
            assert_eq!(
                held(1).after(what, version, origin, NOW),
                None,
                "{what:?} {version:?}"
            );
        }
    }

    #[test]
    fn what_the_vault_never_had_is_not_told_as_kept() {
        let never = after(Standing::default(), What::KeyUnknown, None);
        assert_eq!((never.state, never.latest), (State::KeyUnknown, 0));
        let kind = EscrowKind::PersonalRecoveryKey;
        assert!(never.sentence(kind).contains("never had"));
        let lost = after(held(1), What::KeyUnknown, None);
        assert!(lost.sentence(kind).contains("what is kept"));
    }

    #[test]
    fn nobody_replaces_what_was_entered_or_is_a_forgotten_macs() {
        let shown = after(held(1), What::Revealed, Some(1));
        let due = |standing: Standing, kind| standing.replaced_after(kind);
        assert_eq!(
            due(shown, EscrowKind::PersonalRecoveryKey),
            Some(NOW.plus(AFTER_REVEAL))
        );
        assert_eq!(due(shown, EscrowKind::FirmwarePassword), None);
        let forgotten = after(shown, What::DeviceForgotten, None);
        assert_eq!(due(forgotten, EscrowKind::PersonalRecoveryKey), None);
    }

    #[test]
    fn a_proof_is_worth_more_than_an_end() {
        for end in [What::KeyUnknown, What::Emptied, What::EnrolledAnew] {
            let ended = after(held(2), end, None);
            assert_eq!((ended.current, ended.latest), (None, 2));
            let again = after(ended, What::Proved, Some(1));
            assert_eq!((again.state, again.current), (State::Held, Some(1)));
        }
    }

    #[test]
    fn a_key_that_does_not_open_the_disk_is_not_the_macs() {
        assert_eq!(after(held(2), What::Disproved, Some(2)).state, State::KeyUnknown);
        assert_eq!(after(held(2), What::Disproved, Some(1)), held(2));
    }

    #[test]
    fn what_never_was_cannot_end() {
        for end in [What::Emptied, What::EnrolledAnew] {
            assert_eq!(after(Standing::default(), end, None), Standing::default());
        }
        assert_eq!(
            after(Standing::default(), What::KeyUnknown, None).state,
            State::KeyUnknown
        );
    }

    #[test]
    fn a_second_look_does_not_put_the_rotation_off() {
        let shown = after(held(1), What::Revealed, Some(1));
        let due = NOW.plus(AFTER_REVEAL);
        assert_eq!(shown.rotate_after, Some(due));
        let later = NOW.plus(AFTER_REVEAL / 2);
        let again = shown.after(What::Revealed, Some(1), None, later).unwrap();
        assert_eq!(again.rotate_after, Some(due));
        assert_eq!(after(again, What::Escrowed, Some(2)).rotate_after, None);
    }

    #[test]
    fn a_key_that_was_shown_is_rotated_also_when_it_is_escrowed_again() {
        let shown = after(held(1), What::Revealed, Some(1));
        for origin in [Origin::EscrowFile, Origin::Typed] {
            let again = shown.after(What::Escrowed, Some(2), Some(origin), NOW).unwrap();
            assert_eq!(again.rotate_after, shown.rotate_after);
        }
    }

    #[test]
    fn a_key_that_was_used_is_replaced_at_once_and_one_that_is_read_out_like_one_that_was_shown() {
        let read_out = after(held(1), What::ReadOut, None);
        assert_eq!(read_out.rotate_after, Some(NOW.plus(AFTER_REVEAL)));
        let again = read_out
            .after(What::ReadOut, None, None, NOW.plus(AFTER_REVEAL))
            .unwrap();
        assert_eq!(again.rotate_after, read_out.rotate_after);
        let used = after(read_out, What::Used, None);
        assert_eq!(used.rotate_after, Some(NOW));
        assert_eq!(after(used, What::Escrowed, Some(2)).rotate_after, None);
        assert!(
            after(Standing::default(), What::ReadOut, None)
                .rotate_after
                .is_some()
        );
    }

    #[test]
    fn a_former_one_never_becomes_the_one_that_the_mac_has() {
        let former = |standing: Standing, version| {
            let after = standing.after(What::Escrowed, Some(version), Some(Origin::Legacy), NOW);
            after.unwrap()
        };
        let first = former(Standing::default(), 1);
        assert_eq!(
            (first.state, first.current, first.latest),
            (State::Ended, None, 1)
        );
        assert_eq!(first.to_show(), Some(1), "the newest, where none is the Mac's");
        let entered = first
            .after(What::Escrowed, Some(2), Some(Origin::Entered), NOW)
            .unwrap();
        let later = former(entered, 3);
        assert_eq!(
            (later.state, later.current, later.to_show()),
            (State::Held, Some(2), Some(2))
        );
    }

    #[test]
    fn a_mac_that_comes_back_ends_the_days_and_nothing_else() {
        let forgotten = after(held(2), What::DeviceForgotten, None);
        assert_eq!(after(forgotten, What::DeviceReturned, None), held(2));
    }

    #[test]
    fn an_old_key_may_be_shown_without_a_rotation_only_when_another_is_held() {
        assert_eq!(after(held(2), What::Revealed, Some(1)).rotate_after, None);
        let ended = after(held(2), What::EnrolledAnew, None);
        assert!(after(ended, What::Revealed, Some(1)).rotate_after.is_some());
    }
}
