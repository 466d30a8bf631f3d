//! The page that leads past a password policy, and which MDM a Mac is registered with.

use trust::observation::{MdmEnrolment, Observation, PasswordOutlook};
use trust::service_account::policy_conflict::{ObstructingRule, RuleOrigin};

use super::grace::Grace;
use crate::testing::{FakeMac, TestApp, healthy_mac, known, service_account_seen, with_service_account};

/// A Mac of another MDM whose policy leaves no password.
fn in_conflict() -> Observation {
    let mut seen = service_account_seen();
    seen.policy.password = PasswordOutlook::Conflict {
        rules: vec![ObstructingRule {
            words: "at most 8 characters".to_owned(),
            origin: RuleOrigin::Profile {
                payload: "P-1".to_owned(),
            },
        }],
    };
    Observation {
        mdm: known(MdmEnrolment {
            enrolled: true,
            user_approved: true,
            automated: false,
            server_url: Some("https://acme.jamfcloud.com/mdm".to_owned()),
        }),
        ..with_service_account(healthy_mac(), seen)
    }
}

#[tokio::test]
async fn a_way_past_the_policy_is_chosen_on_its_page() {
    let app = TestApp::start().await;
    let grace = Grace::in_front_of(&app).await;
    let mac = app.enrolled(FakeMac::new(1, in_conflict())).await;
    let device = format!("/devices/{}", mac.id());
    let page = format!("{device}/policy-conflict");
    let shown = grace.read(&device).await;
    assert!(shown.contains(&format!("href=\"{page}\"")), "{shown}");
    let shown = grace.read(&page).await;
    for text in [
        "at most 8 characters",
        "set by the profile with the payload P-1",
        "Choose: Exclude this Mac from the policy",
        "Choose: Remove the policy",
        "Bestow is set up as an MDM: no (it is not)",
        "A Mac has one MDM only",
        "In Jamf, the MDM at https://acme.jamfcloud.com/mdm",
    ] {
        assert!(shown.contains(text), "{text}");
    }
    assert!(
        !shown.contains("Choose: Make Bestow the MDM"),
        "a closed way has no button"
    );

    let filled = [("workaround", "exclude_mac"), ("reason", "lab Mac")];
    let answer = grace.fill_in(&mac, "policy-conflict", &filled).await;
    assert_eq!(answer.status, 303);
    assert_eq!(answer.headers["location"], page);
    for place in [&page, &device] {
        let shown = grace.read(place).await;
        for text in ["grace", "Exclude this Mac from the policy", "waits for the Mac"] {
            assert!(shown.contains(text), "{place}: {text}");
        }
    }
    let refused = grace
        .fill_in(&mac, "policy-conflict", &[("workaround", "become_mdm")])
        .await;
    assert_eq!(refused.status, 422);
    assert!(
        refused
            .text
            .contains("Make Bestow the MDM of this Mac: Bestow is set up as an MDM")
    );
}

#[tokio::test]
async fn the_device_summary_tells_which_mdm_it_is_and_how_that_is_known() {
    let app = TestApp::start().await;
    let grace = Grace::in_front_of(&app).await;
    let mac = app.enrolled(FakeMac::new(1, in_conflict())).await;
    let shown = grace.read(&format!("/devices/{}", mac.id())).await;
    for text in [
        "Jamf",
        "recognised by the address of its server",
        "A Mac has one MDM only",
    ] {
        assert!(shown.contains(text), "{text}");
    }
    let told = app.get(format!("/api/v1/devices/{}", mac.id())).await.expect(200);
    assert_eq!(told["mdm"]["vendor"], "Jamf");
    assert_eq!(told["mdm"]["registered"], true);
    assert_eq!(told["mdm"]["by"], "test");
    let none = app.enrolled(FakeMac::new(2, healthy_mac())).await;
    let told = app
        .get(format!("/api/v1/devices/{}", none.id()))
        .await
        .expect(200);
    assert_eq!(told["mdm"]["registered"], false);
    assert_eq!(told["mdm"]["label"], "registered with none");
}
