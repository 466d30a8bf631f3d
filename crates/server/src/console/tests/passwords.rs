//! The forms by which an account gets another password.

use trust::action::SecretRole;

use super::grace::Grace;
use crate::testing::{FakeMac, TestApp, healthy_mac};

const RESET: [(&str, &str); 4] = [
    ("administrator", "ada"),
    ("administrator_password", "planted-1 +&=%ö"),
    ("target", "bob"),
    ("new_password", "planted-2"),
];

const CHANGE: [(&str, &str); 3] = [
    ("target", "bob"),
    ("target_password", "planted-3"),
    ("new_password", "planted-4"),
];

#[tokio::test]
async fn each_password_goes_sealed_to_the_mac() {
    let app = TestApp::start().await;
    let grace = Grace::in_front_of(&app).await;
    for (number, form, fields, roles, title) in [
        (
            1,
            "reset-password",
            &RESET[..],
            [
                (SecretRole::Administrator, "planted-1 +&=%ö"),
                (SecretRole::NewPassword, "planted-2"),
            ],
            "Reset Password: bob, with the help of ada",
        ),
        (
            2,
            "change-password",
            &CHANGE[..],
            [
                (SecretRole::Target, "planted-3"),
                (SecretRole::NewPassword, "planted-4"),
            ],
            "Change Password: bob",
        ),
    ] {
        let mac = app.enrolled(FakeMac::new(number, healthy_mac())).await;
        let answer = grace.fill_in(&mac, form, fields).await;
        assert_eq!(answer.status, 303, "{}", answer.text);
        let page = grace.read(answer.headers["location"].to_str().unwrap()).await;
        assert!(page.contains(title) && !page.contains("planted"), "{page}");
        let offers = mac.check_in(&app).await.offers;
        for (role, password) in roles {
            assert_eq!(mac.open(&offers[0], role), password);
        }
    }
}

#[tokio::test]
async fn what_is_missing_is_said_and_no_password_comes_back() {
    let app = TestApp::start().await;
    let grace = Grace::in_front_of(&app).await;
    let mac = app.enrolled(FakeMac::new(1, healthy_mac())).await;
    for (form, fields, says) in [
        ("reset-password", &RESET[..3], "Enter the new password."),
        ("change-password", &CHANGE[..2], "Enter the new password."),
        (
            "reset-password",
            &[RESET[0], RESET[2], RESET[3]],
            "Enter the administrator's password.",
        ),
    ] {
        let answer = grace.fill_in(&mac, form, fields).await;
        assert_eq!(answer.status, 422, "{form}");
        assert!(answer.text.contains(says), "{}", answer.text);
        assert!(!answer.text.contains("planted"), "{form} tells a password");
    }
    assert!(mac.check_in(&app).await.offers.is_empty());
}

#[tokio::test]
async fn an_account_that_is_chosen_otherwise_is_named_before_anything_is_sent() {
    let app = TestApp::start().await;
    let grace = Grace::in_front_of(&app).await;
    for (number, by, text, told) in [
        (1, "uid", "502", "user id 502"),
        (2, "alias", "bob", "whoever is also called bob"),
        (3, "standard", "", "the only standard account"),
    ] {
        let mac = app.enrolled(FakeMac::new(number, healthy_mac())).await;
        let mut fields = [&RESET[..2], &RESET[3..], &[("target", text), ("target_by", by)]].concat();
        fields.push(("check", "true"));
        let planned = grace.fill_in(&mac, "reset-password", &fields).await;
        assert_eq!(planned.status, 200, "{}", planned.text);
        let means = format!("<dt>Target account <code>{told}</code></dt><dd>bob</dd>");
        assert!(planned.text.contains(&means), "{}", planned.text);
        fields.pop();
        let answer = grace.fill_in(&mac, "reset-password", &fields).await;
        assert_eq!(answer.status, 303, "{}", answer.text);
        let offer = &mac.check_in(&app).await.offers[0];
        assert_eq!(offer.envelope.action.target().unwrap().as_str(), "bob");
        assert_eq!(mac.open(offer, SecretRole::NewPassword), "planted-2");
    }
}

#[tokio::test]
async fn an_account_that_cannot_be_told_is_said_at_its_field() {
    let app = TestApp::start().await;
    let grace = Grace::in_front_of(&app).await;
    let mac = app.enrolled(FakeMac::new(1, healthy_mac())).await;
    for (by, text, says) in [
        ("uid", "777", "The user id 777 fits no account."),
        ("uid", "bob", "Enter the user id, a whole number such as 502."),
        (
            "administrator",
            "",
            "The role administrator besides ada fits no account.",
        ),
        (
            "standard",
            "bob",
            "Leave this empty where the role says which account is meant.",
        ),
        ("alias", "", "Enter one of the account's names."),
        (
            "guess",
            "bob",
            "Choose the account in one of the ways that the form offers.",
        ),
    ] {
        let fields = [&RESET[..2], &RESET[3..], &[("target", text), ("target_by", by)]].concat();
        let answer = grace.fill_in(&mac, "reset-password", &fields).await;
        assert_eq!(answer.status, 422, "{by} {text}: {}", answer.text);
        assert!(answer.text.contains(says), "{by} {text}: {}", answer.text);
        assert!(!answer.text.contains("planted"));
    }
    assert!(mac.check_in(&app).await.offers.is_empty());
}
