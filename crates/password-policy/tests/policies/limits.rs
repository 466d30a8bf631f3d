//! Limits that a policy sets: wrong passwords, ages, histories.

use password_policy::{
    AccountPolicies, AccountPolicy, AttemptLimit, History, PasscodeSettings, Policy, Scope, When,
};

use crate::support::rule;

const DAY_S: i64 = 24 * 60 * 60;
const NOW_S: i64 = 1_760_000_000;

fn authentication(rules: Vec<AccountPolicy>) -> Policy {
    let policies = AccountPolicies {
        authentication: rules,
        ..AccountPolicies::default()
    };
    Policy::of_directory(&policies, Scope::AllAccounts)
}

fn change(content: &str, parameters: &[(&str, f64)]) -> Policy {
    let policies = AccountPolicies {
        password_change: vec![rule(content, parameters)],
        ..AccountPolicies::default()
    };
    Policy::of_directory(&policies, Scope::AllAccounts)
}

const COUNTED: &str = "policyAttributeFailedAuthentications < policyAttributeMaximumFailedAuthentications";
const MAXIMUM: &str = "policyAttributeMaximumFailedAuthentications";

#[test]
fn the_limit_is_found_whatever_the_form_of_the_rule() {
    let limit = |content: &str, parameters: &[(&str, f64)]| {
        let policy = authentication(vec![rule(content, parameters)]);
        let limit = policy.attempt_limit();
        match limit {
            AttemptLimit::Locks { after, for_s, .. } => Some((after, for_s, limit.machine_budget())),
            _ => None,
        }
    };
    assert_eq!(limit(COUNTED, &[(MAXIMUM, 10.0)]), Some((10, None, Some(8))));
    assert_eq!(limit(COUNTED, &[(MAXIMUM, 4.0)]), Some((4, None, Some(2))));
    assert_eq!(limit(COUNTED, &[(MAXIMUM, 3.0)]), Some((3, None, Some(0))));
    assert_eq!(
        limit("policyAttributeFailedAuthentications <= 5", &[]),
        Some((6, None, Some(4)))
    );
    let reset = format!(
        "({COUNTED}) OR (policyAttributeCurrentTime > (policyAttributeLastFailedAuthenticationTime + autoEnableInSeconds))"
    );
    assert_eq!(
        limit(&reset, &[(MAXIMUM, 5.0), ("autoEnableInSeconds", 900.0)]),
        Some((5, Some(901), Some(3)))
    );
}

#[test]
fn the_strictest_of_several_rules_counts() {
    let reset = format!(
        "({COUNTED}) OR (policyAttributeCurrentTime > (policyAttributeLastFailedAuthenticationTime + 900))"
    );
    // As a Mac on macOS 14 has them side by side: the rule without an end locks for good.
    let policy = authentication(vec![
        rule(&reset, &[(MAXIMUM, 10.0)]),
        rule(COUNTED, &[(MAXIMUM, 10.0)]),
        rule(COUNTED, &[(MAXIMUM, 50.0)]),
    ]);
    assert!(matches!(
        policy.attempt_limit(),
        AttemptLimit::Locks {
            after: 10,
            for_s: None,
            ..
        }
    ));
}

#[test]
fn what_may_count_attempts_and_cannot_be_read_allows_none() {
    let unknown = authentication(vec![rule(COUNTED, &[(MAXIMUM, 10.0)]), rule("whatever ?", &[])]);
    assert!(matches!(unknown.attempt_limit(), AttemptLimit::CannotTell(_)));
    assert_eq!(unknown.attempt_limit().machine_budget(), Some(0));
    let without_value = authentication(vec![rule(COUNTED, &[])]);
    assert_eq!(without_value.attempt_limit().machine_budget(), Some(0));
    // The example of the manual page is the wrong way round.
    let reversed = authentication(vec![rule(
        "policyAttributeMaximumFailedAuthentications < policyAttributeFailedAuthentications",
        &[(MAXIMUM, 10.0)],
    )]);
    assert!(matches!(reversed.attempt_limit(), AttemptLimit::CannotTell(_)));
    // A rule about something else counts nothing.
    let unused = authentication(vec![rule(
        "policyAttributeLastAuthenticationTime > policyAttributeCurrentTime - 3024000",
        &[],
    )]);
    assert!(matches!(unused.attempt_limit(), AttemptLimit::None));
    assert_eq!(Policy::default().attempt_limit().machine_budget(), None);
}

#[test]
fn expiry_is_known_ahead_of_time() {
    let expired = "policyAttributeCurrentTime > policyAttributeLastPasswordChangeTime + (policyAttributeExpiresEveryNDays * 24 * 60 * 60)";
    let policy = change(expired, &[("policyAttributeExpiresEveryNDays", 90.0)]);
    let When::At { at_s, .. } = policy.password_expiry(NOW_S) else {
        panic!("it expires");
    };
    assert_eq!(at_s, NOW_S + 90 * DAY_S + 1);
    let settings = |change_at_next_authentication| PasscodeSettings {
        max_age_days: Some(30),
        change_at_next_authentication,
        ..PasscodeSettings::default()
    };
    let sooner = policy.clone().and(Policy::of_settings(&settings(false)));
    let When::At { at_s, rule } = sooner.password_expiry(NOW_S) else {
        panic!("it expires");
    };
    assert_eq!(
        (at_s, rule.words()),
        (NOW_S + 30 * DAY_S + 1, "Has to be changed after 30 days.")
    );
    let at_once = Policy::of_settings(&settings(true));
    assert!(matches!(at_once.password_expiry(NOW_S), When::CannotTell(_)));
    assert!(matches!(Policy::default().password_expiry(NOW_S), When::Never));
    let on_mondays = change("policyAttributeCurrentDayOfWeek == 1", &[]);
    assert!(matches!(on_mondays.password_expiry(NOW_S), When::CannotTell(_)));
    let on_a_date = change(
        "policyAttributeCurrentTime > policyAttributeExpiresOnDate",
        &[("policyAttributeExpiresOnDate", NOW_S as f64 + 5.0)],
    );
    assert!(matches!(on_a_date.password_expiry(NOW_S), When::At { at_s, .. } if at_s == NOW_S + 6));
}

#[test]
fn an_account_that_goes_unused_ends() {
    let policy = authentication(vec![
        rule(COUNTED, &[(MAXIMUM, 10.0)]),
        rule(
            "policyAttributeLastAuthenticationTime > policyAttributeCurrentTime - policyAttributeInactiveDays * 24 * 60 * 60",
            &[("policyAttributeInactiveDays", 35.0)],
        ),
    ]);
    let When::At { at_s, .. } = policy.end_of_unused(NOW_S) else {
        panic!("it ends");
    };
    assert_eq!(at_s, NOW_S + 35 * DAY_S);
    assert!(matches!(Policy::default().end_of_unused(NOW_S), When::Never));
}

#[test]
fn history_says_how_far_back_no_password_may_come_again() {
    const HISTORY: &str = "none policyAttributePasswordHashes in policyAttributePasswordHistory";
    let history = |depths: &[Option<f64>]| {
        let rules = depths.iter().map(|depth| {
            let depth = depth.map(|depth| ("policyAttributePasswordHistoryDepth", depth));
            rule(HISTORY, depth.as_slice())
        });
        let policies = AccountPolicies {
            password_content: rules.collect(),
            ..AccountPolicies::default()
        };
        Policy::of_directory(&policies, Scope::AllAccounts)
    };
    assert!(matches!(history(&[]).history(), History::None));
    let both = history(&[Some(5.0), Some(24.0), Some(3.0)]);
    assert!(matches!(both.history(), History::Last { count: 24, .. }));
    assert!(matches!(
        history(&[Some(5.0), None]).history(),
        History::CannotTell(_)
    ));
}
