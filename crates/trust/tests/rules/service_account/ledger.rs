//! The ledger of password tries: no sequence of tries brings an account nearer to being locked than it may.

use proptest::prelude::*;
use trust::service_account::attempts::{Barred, Cause, Door, Ledger, MOST_DISK_FAILURES, Try};
use trust::time::Timestamp;

const BOOT: Timestamp = Timestamp(1);

fn a_try(door: Door, cause: Cause, credential: &str) -> Try {
    Try {
        account: "GUID".to_owned(),
        door,
        credential: credential.to_owned(),
        cause,
        password_set_at: Some(Timestamp(7)),
        booted_at: BOOT,
        at: Timestamp(10),
        counted: 0,
    }
}

fn fail(ledger: &mut Ledger, planned: Try) {
    let ticket = ledger.begin(planned);
    ledger.end(&ticket, Some(false));
}

#[test]
fn a_machine_tries_what_was_refused_only_after_the_password_has_changed() {
    let mut ledger = Ledger::default();
    let current = a_try(Door::Local, Cause::Machine, "current");
    assert_eq!(ledger.may_try(&current, None), Ok(()));
    fail(&mut ledger, current.clone());
    assert_eq!(ledger.may_try(&current, None), Err(Barred::RefusedBefore));
    let other = a_try(Door::Local, Cause::Machine, "previous");
    assert_eq!(ledger.may_try(&other, None), Ok(()));
    let changed = Try {
        password_set_at: Some(Timestamp(8)),
        ..current
    };
    assert_eq!(ledger.may_try(&changed, None), Ok(()));
}

#[test]
fn what_was_right_may_be_proved_again() {
    let mut ledger = Ledger::default();
    let current = a_try(Door::Local, Cause::Machine, "current");
    for _ in 0..5 {
        assert_eq!(ledger.may_try(&current, Some(1)), Ok(()));
        let ticket = ledger.begin(current.clone());
        ledger.end(&ticket, Some(true));
    }
}

#[test]
fn a_budget_of_none_allows_a_machine_nothing_and_a_person_one() {
    let ledger = Ledger::default();
    let by = |cause| ledger.may_try(&a_try(Door::Local, cause, "typed"), Some(0));
    assert_eq!(
        by(Cause::Machine),
        Err(Barred::BudgetSpent { spent: 0, budget: 0 })
    );
    assert_eq!(by(Cause::Person), Ok(()));
}

#[test]
fn a_try_whose_end_nobody_wrote_counts_as_refused() {
    let mut ledger = Ledger::default();
    let _lost = ledger.begin(a_try(Door::Local, Cause::Machine, "current"));
    let json = serde_json::to_string(&ledger).unwrap();
    let read: Ledger = serde_json::from_str(&json).unwrap();
    assert_eq!(read.failures_in_a_row("GUID", Some(Timestamp(7))), 1);
    assert_eq!(
        read.left_to_a_machine("GUID", Some(Timestamp(7)), Some(3)),
        Some(2)
    );
    assert!(!json.contains("password\":"), "{json}");
}

#[test]
fn the_disk_refuses_twice_between_two_starts_whoever_asks() {
    let mut ledger = Ledger::default();
    for credential in ["one", "two"] {
        let planned = a_try(Door::Disk, Cause::Person, credential);
        assert_eq!(ledger.may_try(&planned, None), Ok(()));
        fail(&mut ledger, planned);
    }
    let third = a_try(Door::Disk, Cause::Person, "three");
    assert_eq!(ledger.may_try(&third, None), Err(Barred::DiskSpent));
    let changed = Try {
        password_set_at: Some(Timestamp(9)),
        ..third.clone()
    };
    assert_eq!(
        ledger.may_try(&changed, None),
        Err(Barred::DiskSpent),
        "the Secure Enclave counts on when the password changes"
    );
    // Another password is known now: nothing of the refusals is forgotten before the next start.
    let _next = ledger.begin(Try {
        door: Door::Local,
        ..changed.clone()
    });
    assert_eq!(ledger.may_try(&changed, None), Err(Barred::DiskSpent));
    let restarted = Try {
        booted_at: Timestamp(2),
        ..third
    };
    assert_eq!(ledger.may_try(&restarted, None), Ok(()));
}

#[test]
fn what_strangers_have_tried_is_spent_too() {
    let ledger = Ledger::default();
    let by = |cause, counted| {
        let planned = Try {
            counted,
            ..a_try(Door::Local, cause, "current")
        };
        ledger.may_try(&planned, Some(3))
    };
    assert_eq!(by(Cause::Machine, 2), Ok(()));
    let (spent, budget) = (3, 3);
    assert_eq!(by(Cause::Machine, 3), Err(Barred::BudgetSpent { spent, budget }));
    assert_eq!(by(Cause::Person, 9), Ok(()));
}

#[derive(Debug, Clone)]
struct Asked {
    account: u8,
    local: bool,
    person: bool,
    credential: u8,
    /// `None` is a crash before the end was written.
    taken: Option<bool>,
    password_changes: bool,
    restarts: bool,
}

fn asked() -> impl Strategy<Value = Asked> {
    (
        0..2_u8,
        any::<bool>(),
        prop::bool::weighted(0.2),
        0..4_u8,
        prop::option::weighted(0.8, prop::bool::weighted(0.2)),
        prop::bool::weighted(0.1),
        prop::bool::weighted(0.1),
    )
        .prop_map(
            |(account, local, person, credential, taken, password_changes, restarts)| Asked {
                account,
                local,
                person,
                credential,
                taken,
                password_changes,
                restarts,
            },
        )
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(2_000))]

    /// A counter beside the ledger counts as macOS and the Secure Enclave do.
    #[test]
    fn a_machine_never_brings_an_account_within_two_of_its_limit(
        limit in 4..12_u32,
        sequence in prop::collection::vec(asked(), 1..60),
    ) {
        let budget = limit - 2;
        let mut ledger = Ledger::default();
        let mut wrong_in_a_row = [0_u32; 2];
        let mut disk_failures = [0_usize; 2];
        let mut set_at = [Timestamp(1); 2];
        let mut boot = Timestamp(1);
        for (number, asked) in (0_i64..).zip(sequence) {
            let account = usize::from(asked.account);
            if asked.password_changes {
                set_at[account] = Timestamp(100 + number);
                wrong_in_a_row[account] = 0;
            }
            if asked.restarts {
                boot = Timestamp(100 + number);
                disk_failures = [0; 2];
            }
            let planned = Try {
                account: asked.account.to_string(),
                door: if asked.local { Door::Local } else { Door::Disk },
                credential: asked.credential.to_string(),
                cause: if asked.person { Cause::Person } else { Cause::Machine },
                password_set_at: Some(set_at[account]),
                booted_at: boot,
                at: Timestamp(number),
                counted: 0,
            };
            let before = wrong_in_a_row[account];
            if ledger.may_try(&planned, Some(budget)).is_err() {
                continue;
            }
            let ticket = ledger.begin(planned);
            if let Some(taken) = asked.taken {
                ledger.end(&ticket, Some(taken));
            }
            let is_wrong = asked.taken != Some(true);
            if asked.local {
                wrong_in_a_row[account] = if is_wrong { before + 1 } else { 0 };
                if !asked.person {
                    prop_assert!(before < budget, "a machine tried with {before} wrong ones of {budget}");
                    prop_assert!(wrong_in_a_row[account] <= limit - 2);
                }
            } else if is_wrong {
                disk_failures[account] += 1;
                prop_assert!(disk_failures[account] <= MOST_DISK_FAILURES);
            }
        }
    }
}
