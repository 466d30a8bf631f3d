//! Policies with a memory: passwords that come again, come too soon, or are too old.

use macsim::model::clock::UnixMillis;
use macsim::model::mac::Mac;
use macsim::model::password_policy::{DemandOrigin, PasswordDemand, PasswordPolicy};
use macsim::rules::authenticate::authenticate;
use macsim::rules::change_password::change_password;
use macsim::rules::refusal::{Circumstances, Credentials, Refusal};
use macsim::tools::invocation::Invocation;
use macsim::tools::{Tool, run};

use super::support::ada_and_ben;

const HOUR_MS: i64 = 60 * 60 * 1000;

/// Ben's Mac under a policy, his password, and when he got it.
fn ben_under(policy: PasswordPolicy) -> (Mac, String, UnixMillis) {
    let builder = ada_and_ben("15.2");
    let password = builder.password("ben").unwrap();
    let mut mac = builder.finish().mac;
    mac.password_policy = policy;
    let ben = mac.directory.user("ben").unwrap();
    let set = ben.policy.password_last_set_time.unwrap();
    (mac, password, set)
}

fn hours_after(start: UnixMillis, hours: i64) -> Circumstances {
    Circumstances {
        now: UnixMillis(start.0 + hours * HOUR_MS + 1),
    }
}

#[test]
fn one_of_the_last_passwords_does_not_come_again() {
    let (mut mac, first, set) = ben_under(PasswordPolicy {
        history: Some(2),
        ..PasswordPolicy::default()
    });
    let at = hours_after(set, 1);
    let mut change = |old: &str, new: &str| change_password(&mut mac, "ben", old, new, at);
    assert_eq!(change(&first, &first), Err(Refusal::PasswordPolicy));
    assert_eq!(change(&first, "second"), Ok(()));
    assert_eq!(change("second", &first), Err(Refusal::PasswordPolicy));
    assert_eq!(change("second", "third"), Ok(()));
    assert_eq!(change("third", &first), Ok(()), "two passwords later");
}

#[test]
fn a_young_password_is_not_changed_and_an_old_one_is_good_for_a_change_only() {
    let (mut mac, password, set) = ben_under(PasswordPolicy {
        min_age_hours: Some(24),
        max_age_days: Some(2),
        ..PasswordPolicy::default()
    });
    let who = Credentials {
        name: "ben",
        password: &password,
    };
    let soon = hours_after(set, 23);
    assert_eq!(authenticate(&mut mac, who, soon), Ok(()));
    assert_eq!(
        change_password(&mut mac, "ben", &password, "new one", soon),
        Err(Refusal::PasswordPolicy)
    );
    let late = hours_after(set, 49);
    assert_eq!(authenticate(&mut mac, who, late), Err(Refusal::PasswordExpired));
    assert_eq!(
        change_password(&mut mac, "ben", &password, "new one", late),
        Ok(())
    );
    let renewed = Credentials {
        name: "ben",
        password: "new one",
    };
    assert_eq!(authenticate(&mut mac, renewed, late), Ok(()));
}

#[test]
fn an_expired_password_has_a_status_of_its_own() {
    let (mut mac, password, set) = ben_under(PasswordPolicy {
        max_age_days: Some(1),
        ..PasswordPolicy::default()
    });
    let call = Invocation::new(
        Tool::named("dscl").unwrap(),
        [".", "-authonly", "ben", password.as_str()],
    );
    let output = run(&mut mac, &call.at(hours_after(set, 25).now));
    assert!(output.stdout.contains("eDSAuthPasswordExpired"), "{output:?}");
    assert_eq!(output.exit, 82);
}

#[test]
fn a_locked_account_opens_after_its_time() {
    let (mut mac, password, set) = ben_under(PasswordPolicy {
        max_failed_logins: Some(2),
        failed_login_reset_minutes: Some(60),
        ..PasswordPolicy::default()
    });
    let mut try_at = |hours, password: &str| {
        let who = Credentials {
            name: "ben",
            password,
        };
        authenticate(&mut mac, who, hours_after(set, hours))
    };
    for _ in 0..2 {
        assert_eq!(try_at(1, "wrong"), Err(Refusal::WrongTargetPassword));
    }
    assert_eq!(try_at(1, &password), Err(Refusal::Locked));
    assert_eq!(try_at(3, &password), Ok(()));
}

#[test]
fn pwpolicy_shows_every_rule_with_its_values() {
    let (mut mac, ..) = ben_under(PasswordPolicy {
        demands: vec![
            (PasswordDemand::NotSimple(3), DemandOrigin::Local),
            (
                PasswordDemand::Matches(r"\w+".to_owned()),
                DemandOrigin::Profile("P".to_owned()),
            ),
        ],
        max_failed_logins: Some(5),
        failed_login_reset_minutes: Some(15),
        max_age_days: Some(90),
        min_age_hours: Some(24),
        history: Some(10),
    });
    let call = Invocation::new(Tool::named("pwpolicy").unwrap(), ["-getaccountpolicies"]);
    let shown = run(&mut mac, &call).stdout;
    for part in [
        "<key>autoEnableInSeconds</key>\n\t\t\t\t<integer>900</integer>",
        "<key>policyAttributeExpiresEveryNDays</key>\n\t\t\t\t<integer>90</integer>",
        "<key>policyAttributeMaximumSequentialCharacters</key>\n\t\t\t\t<integer>3</integer>",
        r"<string>policyAttributePassword matches '\\w+'</string>",
        "<string>ProfilePayload:P:customRegex</string>",
        "<key>policyAttributePasswordHistoryDepth</key>\n\t\t\t\t<integer>10</integer>",
        "<key>policyAttributeMinimumLifetimeHours</key>\n\t\t\t\t<integer>24</integer>",
    ] {
        assert!(shown.contains(part), "{part} is missing in {shown}");
    }
}
