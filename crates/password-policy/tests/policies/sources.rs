//! What is read from property lists and JSON.

use password_policy::{
    AccountPolicies, AttemptLimit, PasscodeDeclaration, PasscodePayload, PasscodeSettings, Policy, Scope,
    Verdict,
};

use crate::support::verdict;

/// What a Mac on macOS 26 printed, without the line before it.
const CAPTURED: &str = include_str!("../../../mac/tests/golden/pwpolicy__global_mdm_and_default__26.txt");

fn captured() -> Policy {
    let list = CAPTURED.split_once('\n').unwrap().1;
    let policies: AccountPolicies = plist::from_bytes(list.as_bytes()).unwrap();
    Policy::of_directory(&policies, Scope::AllAccounts)
}

#[test]
fn what_pwpolicy_prints_is_read() {
    let policy = captured();
    let words: Vec<&str> = policy.rules().iter().map(|rule| rule.words()).collect();
    assert_eq!(
        words[1..],
        ["Contain at least 7 characters.", "Contain at least 4 characters."]
    );
    let identifiers: Vec<Option<&str>> = policy.rules().iter().map(|rule| rule.identifier()).collect();
    assert_eq!(identifiers[2], Some("com.apple.defaultpasswordpolicy.fde"));
    assert_eq!(verdict(&policy, "123456"), Verdict::Violated);
    assert_eq!(verdict(&policy, "1234567"), Verdict::Met);
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
fn a_passcode_payload_is_read() {
    let list = br#"<?xml version="1.0" encoding="UTF-8"?>
        <plist version="1.0"><dict>
            <key>PayloadType</key><string>com.apple.mobiledevice.passwordpolicy</string>
            <key>allowSimple</key><false/>
            <key>forcePIN</key><true/>
            <key>maxFailedAttempts</key><integer>5</integer>
            <key>maxPINAgeInDays</key><integer>180</integer>
            <key>minComplexChars</key><integer>1</integer>
            <key>minLength</key><integer>8</integer>
            <key>minutesUntilFailedLoginReset</key><integer>30</integer>
            <key>pinHistory</key><integer>15</integer>
            <key>requireAlphanumeric</key><true/>
            <key>customRegex</key><dict>
                <key>passwordContentRegex</key><string>^(?=.*[A-Z])(?=.*[a-z])(?=.*[0-9]).*$</string>
                <key>passwordContentDescription</key><dict>
                    <key>default</key><string>Password must match custom regex.</string>
                </dict>
            </dict>
        </dict></plist>"#;
    let payload: PasscodePayload = plist::from_bytes(list).unwrap();
    let policy = Policy::of_settings(&payload.into());
    let words: Vec<&str> = policy.rules().iter().map(|rule| rule.words()).collect();
    assert_eq!(
        words,
        [
            "Contain at least 8 characters.",
            "Contain at least one character that is neither letter nor digit.",
            "Contain at least one letter, and at least one digit.",
            "Contain no repeated, ascending or descending characters.",
            "Differ from the last 15 passwords.",
            "Password must match custom regex.",
            "Has to be changed after 180 days.",
            "Locked for 30 minutes after 5 wrong passwords.",
        ]
    );
    assert_eq!(verdict(&policy, "a7-Kq3+Zm"), Verdict::Met);
    assert_eq!(verdict(&policy, "a7-kq3+zm"), Verdict::Violated);
}

#[test]
fn a_passcode_declaration_is_read() {
    let declared = r#"{"RequirePasscode": true, "RequireAlphanumericPasscode": true, "RequireComplexPasscode": true,
        "MinimumLength": 10, "MinimumComplexCharacters": 2, "MaximumFailedAttempts": 11,
        "FailedAttemptsResetInMinutes": 5, "MaximumPasscodeAgeInDays": 0, "PasscodeReuseLimit": 3,
        "ChangeAtNextAuth": true, "CustomRegex": {"Regex": "[ -~]+"}}"#;
    let declaration: PasscodeDeclaration = serde_json::from_str(declared).unwrap();
    let settings = PasscodeSettings::from(declaration);
    assert_eq!(
        (settings.max_age_days, settings.max_failed_attempts),
        (None, None)
    );
    let policy = Policy::of_settings(&settings);
    let identifiers: Vec<&str> = policy
        .rules()
        .iter()
        .filter_map(|rule| rule.identifier())
        .collect();
    assert_eq!(
        identifiers,
        [
            "minLength",
            "minComplexChars",
            "requireAlphanumeric",
            "allowSimple",
            "pinHistory",
            "customRegex",
            "changeAtNextAuth"
        ]
    );
    assert_eq!(verdict(&policy, "a7-k+3zm9q"), Verdict::Met);
    assert_eq!(verdict(&policy, "a7-k03zm9q"), Verdict::Violated);
}

#[test]
fn settings_combine_by_apples_table() {
    let one = PasscodeSettings {
        min_length: Some(8),
        max_age_days: Some(90),
        history: Some(24),
        max_failed_attempts: Some(10),
        ..PasscodeSettings::default()
    };
    let other = PasscodeSettings {
        min_length: Some(12),
        min_complex_characters: Some(1),
        max_age_days: Some(30),
        history: Some(5),
        no_simple: true,
        ..PasscodeSettings::default()
    };
    let expected = PasscodeSettings {
        min_length: Some(12),
        min_complex_characters: Some(1),
        max_age_days: Some(30),
        history: Some(5),
        max_failed_attempts: Some(10),
        no_simple: true,
        ..PasscodeSettings::default()
    };
    assert_eq!(one.clone().combined_with(other.clone()), expected);
    assert_eq!(other.combined_with(one), expected);
}

#[test]
fn values_of_a_wrong_kind_are_refused_and_not_overlooked() {
    assert!(serde_json::from_str::<PasscodePayload>(r#"{"minLength": "eight"}"#).is_err());
    assert!(serde_json::from_str::<PasscodeDeclaration>(r#"{"CustomRegex": {}}"#).is_err());
    let odd = r#"{"policyCategoryPasswordContent": [{"policyParameters": {"x": [1], "y": "z"}}]}"#;
    let policies: AccountPolicies = serde_json::from_str(odd).unwrap();
    let policy = Policy::of_directory(&policies, Scope::AllAccounts);
    assert!(
        matches!(verdict(&policy, "abc"), Verdict::CannotTell(_)),
        "a rule without a predicate counts"
    );
}
