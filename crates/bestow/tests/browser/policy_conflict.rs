//! A password policy that leaves no password for the service account: it is found, somebody is led past it, and the Mac tries
//! again.

use std::path::PathBuf;

use macsim::MacHome;
use macsim::model::password_policy::{DemandOrigin, PasswordDemand};

use super::in_front_of_a_demo;
use super::screen::{Screen, Scripts};

const ADMINISTRATOR: &str = "Administrator account details";
const PAYLOAD: &str = "3B01C197-EA69-4DAE-A872-5C6AB9816A2B";

/// Two rules of a profile that no password keeps together.
fn set_conflicting_policy(mac: PathBuf) {
    let profile = || DemandOrigin::Profile(PAYLOAD.to_owned());
    let demands = vec![
        (PasswordDemand::MinLength(12), profile()),
        (PasswordDemand::MaxLength(8), profile()),
    ];
    let home = MacHome::open(mac);
    home.change(|mac| mac.password_policy.demands = demands).unwrap();
}

async fn order_service_account(screen: &Screen, password: &str) {
    screen.open_menu("Actions").await;
    screen.follow("Create Service Account").await;
    screen.fill(ADMINISTRATOR, "Username", "ada").await;
    screen.fill(ADMINISTRATOR, "Password", password).await;
    screen.see("This can be sent.").await;
    screen.press("Create").await;
}

#[tokio::test]
async fn somebody_is_led_past_the_policy_and_the_mac_tries_again() {
    in_front_of_a_demo(1, Scripts::On, async |screen, demo| {
        let ada = demo.password("healthy", "ada");
        screen.follow("healthy").await;
        screen.see("MDM enrolment").await;
        let mdm = screen.fact("MDM").await;
        assert!(
            mdm.contains("mdm.example.com") && mdm.contains("A Mac has one MDM only"),
            "{mdm}"
        );

        // The Mac's agent finds it before it touches anything.
        set_conflicting_policy(demo.mac("healthy"));
        order_service_account(screen, ada).await;
        screen.see("The Mac's password policy refuses the password").await;
        screen.follow("healthy").await;
        screen.follow("Choose a way past the policy").await;
        screen.see("Past the password policy").await;
        screen
            .see(&format!("set by the profile with the payload {PAYLOAD}"))
            .await;
        screen.see("Bestow is set up as an MDM: no (it is not)").await;

        // Chosen before it is done: the Mac tries again, and says what is still there.
        screen.fill_in("Reason (optional)", "agreed with the desk").await;
        screen.press("Choose: Exclude this Mac from the policy").await;
        screen.see("The way that was chosen").await;
        assert_eq!(screen.fact("Way").await, "Exclude this Mac from the policy");
        assert_eq!(screen.fact("Reason").await, "agreed with the desk");
        screen.see("still in conflict").await;

        // Done, and chosen once more.
        let home = MacHome::open(demo.mac("healthy"));
        home.change(|mac| mac.password_policy.demands.clear()).unwrap();
        screen.press("Choose: Exclude this Mac from the policy").await;
        screen.see("the rules have gone").await;
        screen.see("stands in nobody's way").await;

        screen.follow("healthy").await;
        order_service_account(screen, ada).await;
        screen.see("The service account is there and valid").await;
        screen.follow("healthy").await;
        screen
            .see("Its password opened Open Directory and the disk")
            .await;
        screen
            .see("The policy leaves room for a password, and the service account is valid.")
            .await;
    })
    .await;
}
