//! What the simulators know to be true, compared with what the server says.

use macsim::model::effects::EffectCounts;
use macsim::model::mac::Mac;

use crate::kinds::{ADA, BEN, Kind};

/// What happened to an account since the Mac was as `before`.
pub fn since(before: &Mac, after: &Mac, account: &str) -> EffectCounts {
    let of = |mac: &Mac| mac.effects.accounts.get(account).copied().unwrap_or_default();
    let (before, after) = (of(before), of(after));
    EffectCounts {
        granted: after.granted - before.granted,
        removed: after.removed - before.removed,
        created: after.created - before.created,
        deleted: after.deleted - before.deleted,
        password_set: after.password_set - before.password_set,
        failed_logins: after.failed_logins - before.failed_logins,
        failed_unlocks: after.failed_unlocks - before.failed_unlocks,
    }
}

/// A Mac of this kind, after a bulk grant with the usual passwords, is as it must be: the effect is there once or not at
/// all, and no password was tried more often than once. `wrong_tries` is how often ada's was tried before and was wrong.
pub fn is_right(kind: Kind, before: &Mac, after: &Mac, wrong_tries: u32) {
    let ben = since(before, after, "ben");
    let ada = since(before, after, "ada");
    let granted = u32::from(matches!(kind, Kind::Healthy | Kind::Away));
    assert_eq!(ben.granted, granted, "{kind:?}");
    assert_eq!((ben.removed, ada.removed), (0, 0), "{kind:?}");
    assert_eq!(ben.failed_logins, u32::from(kind == Kind::BenChanged), "{kind:?}");
    assert_eq!(
        ada.failed_logins,
        wrong_tries + u32::from(kind == Kind::AdaChanged),
        "{kind:?}"
    );
    assert_eq!((ben.failed_unlocks, ada.failed_unlocks), (0, 0), "{kind:?}");
    if granted == 1 {
        assert!(holds(after, "ben", BEN), "{kind:?}: ben's token does not work");
    }
    if kind == Kind::Lying {
        assert!(!holds(after, "ben", BEN), "a lie came true");
    }
    assert_eq!(
        holds(before, "ada", ADA),
        holds(after, "ada", ADA),
        "{kind:?}: ada's token is not what it was"
    );
}

/// Whether the simulator itself says that this account holds a token that works with this password.
fn holds(mac: &Mac, account: &str, password: &str) -> bool {
    let Some(user) = mac.directory.user(account) else {
        return false;
    };
    mac.is_holder(user) && mac.volume.unlock(user.guid(), password).is_some()
}
