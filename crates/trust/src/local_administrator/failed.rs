//! Whether the last thing that an agent tried for its local administrator still counts as failed.

use crate::code::Code;
use crate::escrow::Standing;
use crate::service_account::{Deed, DeedKind};

/// What an agent does for its local administrator, as it tells of it.
pub const DEEDS: [DeedKind; 2] = [
    DeedKind::MakeLocalAdministrator,
    DeedKind::RotateLocalAdministrator,
];

/// Whether `last`, the last of [`DEEDS`] that an agent told, failed and nothing has shown since that it is made up for. `password` is
/// where the password stands in the vault, which learns of a success though the agent is killed before it tells of it.
pub fn is_failed(last: &Deed, password: &Standing) -> bool {
    if !DEEDS.contains(&last.kind) || last.code.is_success() {
        return false;
    }
    let is_proved_since = password.proved_at.is_some_and(|at| at > last.at);
    let is_another_since = password.current_since.is_some_and(|at| at > last.at);
    let is_made_up_for = match last.code {
        // What was there before is proved again when the vault is told of it again: that is no change.
        Code::LocalAdministratorNotRotated => is_proved_since && is_another_since,
        _ => is_proved_since,
    };
    !is_made_up_for
}

#[cfg(test)]
mod tests {
    use newtype_uuid::GenericUuid as _;

    use super::*;
    use crate::escrow::State;
    use crate::id::DeedId;
    use crate::time::Timestamp;

    const THEN: Timestamp = Timestamp(1_000);
    const LATER: Timestamp = Timestamp(2_000);

    fn deed(kind: DeedKind, code: Code) -> Deed {
        Deed {
            id: DeedId::from_untyped_uuid(uuid::Uuid::from_u128(1)),
            kind,
            code,
            account: Some("localadmin".to_owned()),
            evidence: Vec::new(),
            edge: None,
            at: THEN,
        }
    }

    fn held(current_since: Timestamp, proved_at: Option<Timestamp>) -> Standing {
        Standing {
            state: State::Held,
            latest: 1,
            current: Some(1),
            current_since: Some(current_since),
            proved_at,
            ..Standing::default()
        }
    }

    #[test]
    fn what_succeeded_or_is_about_something_else_has_not_failed() {
        let made = deed(DeedKind::MakeLocalAdministrator, Code::LocalAdministratorMade);
        assert!(!is_failed(&made, &Standing::default()));
        let other = deed(DeedKind::Rotate, Code::LocalAdministratorNotRotated);
        assert!(!is_failed(&other, &Standing::default()));
    }

    #[test]
    fn an_account_that_was_not_made_counts_until_its_password_is_proved() {
        for code in [
            Code::LocalAdministratorNotMade,
            Code::LocalAdministratorNameTaken,
            Code::LocalAdministratorUnproved,
        ] {
            let deed = deed(DeedKind::MakeLocalAdministrator, code);
            assert!(is_failed(&deed, &Standing::default()), "{code}");
            assert!(
                is_failed(&deed, &held(LATER, None)),
                "{code}: sealed before it is set"
            );
            assert!(
                is_failed(&deed, &held(THEN, Some(THEN))),
                "{code}: a former account's"
            );
            assert!(!is_failed(&deed, &held(THEN, Some(LATER))), "{code}");
        }
    }

    #[test]
    fn a_password_that_was_kept_counts_until_there_is_another() {
        let deed = deed(
            DeedKind::RotateLocalAdministrator,
            Code::LocalAdministratorNotRotated,
        );
        assert!(
            is_failed(&deed, &held(Timestamp(1), Some(LATER))),
            "the same one, proved"
        );
        assert!(is_failed(&deed, &held(LATER, None)));
        assert!(!is_failed(&deed, &held(LATER, Some(LATER))));
    }
}
