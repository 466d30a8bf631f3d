//! What is found wrong with a kept recovery key, and that each finding leads to its cure.

use trust::action::Action;
use trust::code::Code;
use trust::escrow::{Schedule, Standing, State};
use trust::finding::{Finding, Remedy, Severity, of_recovery_key};
use trust::observation::{FileVault, Observation};
use trust::time::Timestamp;

use crate::service_account::support::{proved, valid, with};
use crate::support::{NOW, account, enabled, known};

fn locked(seen: Observation) -> Observation {
    Observation {
        filevault: known(FileVault::On),
        ..seen
    }
}

/// A key that was shown, proved and lost track of, all too long ago.
fn held() -> Standing {
    Standing {
        state: State::Held,
        latest: 1,
        current: Some(1),
        current_since: Some(Timestamp(1)),
        proved_at: Some(Timestamp(1)),
        rotate_after: Some(Timestamp(1)),
        ..Standing::default()
    }
}

fn unknown() -> Standing {
    Standing {
        state: State::KeyUnknown,
        latest: 1,
        ..Standing::default()
    }
}

fn found(seen: &Observation, standing: &Standing) -> Vec<Finding> {
    of_recovery_key(seen, standing, Schedule::default(), NOW)
}

fn codes(seen: &Observation, standing: &Standing) -> Vec<Code> {
    found(seen, standing).iter().map(|finding| finding.code).collect()
}

#[test]
fn each_trouble_is_a_finding_that_needs_attention() {
    let mac = locked(valid());
    let both = [Code::RecoveryKeyNotProved, Code::RecoveryKeyOverdue];
    assert_eq!(codes(&mac, &held()), both);
    assert_eq!(codes(&mac, &unknown()), [Code::RecoveryKeyUnknown]);
    assert_eq!(codes(&mac, &Standing::default()), []);
    let never = Standing {
        latest: 0,
        ..unknown()
    };
    let found = codes(&mac, &never);
    assert_eq!(found, [Code::RecoveryKeyNeverKept]);
    assert!(Finding::codes().contains(&found[0]));
    assert!(!Severity::needs_attention(found[0]), "somebody else may have it");
    for code in both.into_iter().chain([Code::RecoveryKeyUnknown]) {
        assert!(Finding::codes().contains(&code), "{code}");
        assert!(Severity::needs_attention(code), "{code}");
    }
}

#[test]
fn where_the_disk_is_not_locked_no_key_is_missed() {
    let open = Observation {
        filevault: known(FileVault::Off),
        ..valid()
    };
    assert_eq!(codes(&open, &held()), []);
}

#[test]
fn the_cure_is_the_rotation_that_can_be_ordered_now() {
    let cure = |seen: &Observation| match &found(seen, &unknown())[0].remedies[..] {
        [
            Remedy::Action {
                action: Action::RotateRecoveryKey(rotate),
                ..
            },
        ] => Some(rotate.administrator.as_ref().map(ToString::to_string)),
        _ => None,
    };
    assert_eq!(cure(&locked(valid())), Some(None), "by the service account");
    let without = locked(with(vec![enabled("stan", false), enabled("ada", true)], proved()));
    let by = cure(&without);
    assert!(
        matches!(&by, Some(Some(name)) if name == "stan" || name == "ada"),
        "{by:?}"
    );
    let nobody = locked(with(vec![account("ada", true)], proved()));
    assert_eq!(cure(&nobody), None, "nobody opens the disk");
}
