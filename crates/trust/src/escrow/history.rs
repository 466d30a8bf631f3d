//! What became of each version, by the rule of [`Standing`].

use super::origin::Origin;
use super::standing::Standing;
use super::what::What;
use crate::time::Timestamp;

/// One thing that happened to a Mac's line of versions.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Event {
    /// What.
    pub what: What,
    /// To which version; `None` when it is the whole line.
    pub version: Option<u32>,
    /// Where it came from, of a version that was escrowed.
    pub origin: Option<Origin>,
    /// When.
    pub at: Timestamp,
    /// Who did it, as text; shown with it.
    pub by: String,
    /// Why, in the words of whoever did it.
    pub reason: Option<String>,
}

/// One version, and what became of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Version {
    /// Its number.
    pub version: u32,
    /// Where it came from.
    pub origin: Origin,
    /// When it was escrowed.
    pub escrowed_at: Timestamp,
    /// When it was last proved to open the disk.
    pub proved_at: Option<Timestamp>,
    /// Since when it is not the current one, and why.
    pub ended: Option<Ended>,
    /// When it was shown, and to whom, oldest first.
    pub revealed: Vec<(Timestamp, String)>,
    /// When its secret was destroyed.
    pub destroyed_at: Option<Timestamp>,
}

impl Version {
    /// Why it is not the current one, for people.
    pub fn end_label(&self) -> Option<&'static str> {
        match self.origin {
            Origin::Legacy => Some("a former one"),
            _ => self.ended.map(|ended| ended.by.as_end()),
        }
    }
}

/// Why a version is not the current one.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Ended {
    /// Since when.
    pub at: Timestamp,
    /// What ended it: another version was escrowed or proved, or the line was ended.
    pub by: What,
}

/// The versions of a line, oldest first, from everything that happened to it, in order.
pub fn history(events: &[Event]) -> Vec<Version> {
    let mut versions: Vec<Version> = Vec::new();
    let mut standing = Standing::default();
    for event in events {
        let Some(next) = standing.after(event.what, event.version, event.origin, event.at) else {
            continue;
        };
        if let (What::Escrowed, Some(version), Some(origin)) = (event.what, event.version, event.origin) {
            versions.push(Version {
                version,
                origin,
                escrowed_at: event.at,
                proved_at: None,
                ended: (next.current != Some(version)).then_some(Ended {
                    at: event.at,
                    by: event.what,
                }),
                revealed: Vec::new(),
                destroyed_at: None,
            });
        }
        if standing.current != next.current
            && let Some(ended) = find(&mut versions, standing.current)
        {
            ended.ended = Some(Ended {
                at: event.at,
                by: event.what,
            });
        }
        if let Some(current) = find(&mut versions, next.current) {
            current.ended = None;
            current.proved_at = current.proved_at.max(next.proved_at);
        }
        if event.what == What::Revealed
            && let Some(shown) = find(&mut versions, event.version)
        {
            shown.revealed.push((event.at, event.by.clone()));
        }
        if event.what == What::Destroyed {
            let gone = versions
                .iter_mut()
                .filter(|known| known.version <= next.destroyed);
            for version in gone {
                version.destroyed_at.get_or_insert(event.at);
            }
        }
        standing = next;
    }
    versions
}

fn find(versions: &mut [Version], version: Option<u32>) -> Option<&mut Version> {
    versions.iter_mut().find(|known| Some(known.version) == version)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn event(what: What, version: Option<u32>, at: i64) -> Event {
        Event {
            what,
            version,
            origin: Some(Origin::Rotation),
            at: Timestamp(at),
            by: "person:grace".to_owned(),
            reason: None,
        }
    }

    #[test]
    fn each_version_tells_what_became_of_it() {
        let events = [
            event(What::Escrowed, Some(1), 1),
            event(What::Proved, Some(1), 2),
            event(What::Revealed, Some(1), 3),
            event(What::Escrowed, Some(2), 4),
            event(What::KeyUnknown, None, 5),
        ];
        let versions = history(&events);
        let ended = |at, by| {
            Some(Ended {
                at: Timestamp(at),
                by,
            })
        };
        assert_eq!(versions[0].proved_at, Some(Timestamp(2)));
        assert_eq!(versions[0].ended, ended(4, What::Escrowed));
        assert_eq!(versions[0].revealed, [(Timestamp(3), "person:grace".to_owned())]);
        assert_eq!(versions[1].ended, ended(5, What::KeyUnknown));
    }

    #[test]
    fn a_version_that_is_proved_again_has_not_ended() {
        let events = [
            event(What::Escrowed, Some(1), 1),
            event(What::Escrowed, Some(2), 2),
            event(What::Proved, Some(1), 3),
        ];
        let versions = history(&events);
        assert_eq!(
            (versions[0].ended, versions[0].proved_at),
            (None, Some(Timestamp(3)))
        );
        assert_eq!(versions[1].ended.map(|ended| ended.by), Some(What::Proved));
    }

    #[test]
    fn a_former_one_was_never_current() {
        let former = Event {
            origin: Some(Origin::Legacy),
            ..event(What::Escrowed, Some(2), 2)
        };
        let versions = history(&[event(What::Escrowed, Some(1), 1), former]);
        assert_eq!((versions[0].ended, versions[0].end_label()), (None, None));
        assert_eq!(versions[1].end_label(), Some("a former one"));
        assert_eq!(versions[1].ended.map(|ended| ended.at), Some(Timestamp(2)));
    }

    #[test]
    fn what_was_destroyed_tells_when_and_what_came_later_does_not() {
        let events = [
            event(What::Escrowed, Some(1), 1),
            event(What::Escrowed, Some(2), 2),
            event(What::DeviceForgotten, None, 3),
            event(What::Destroyed, Some(2), 4),
            event(What::EnrolledAnew, None, 5),
            event(What::Escrowed, Some(3), 6),
        ];
        let versions = history(&events);
        let destroyed: Vec<_> = versions.iter().map(|version| version.destroyed_at).collect();
        assert_eq!(destroyed, [Some(Timestamp(4)), Some(Timestamp(4)), None]);
        assert_eq!(versions[1].ended.map(|ended| ended.by), Some(What::Destroyed));
    }
}
