//! From the list of Macs that need a person to the cure of one, on a demo of mixed Macs.

use trust::code::Code;

use super::in_front_of_a_demo;
use super::screen::Scripts;

#[tokio::test]
async fn the_list_leads_from_a_reason_to_its_cure() {
    in_front_of_a_demo(5, Scripts::On, async |screen, demo| {
        // New Macs are left in peace where the organisation wants that, as the demo does not.
        for days in ["10", "0"] {
            screen.follow("Policies").await;
            let asked = "A Mac stands there when it enrolled more than so many days ago";
            screen.fill_in(asked, days).await;
            screen.press("Save the days").await;
            screen.see("Saved.").await;
            screen.follow("Needs Attention").await;
            if days == "10" {
                screen.see("Nothing waits for a person.").await;
                screen.see("are left in peace").await;
            }
        }

        // A way back is one click away.
        screen.follow_beginning(Code::ChainBroken.entry().title).await;
        screen.see("no-holder").await;
        screen.follow("Show the ways back").await;
        screen.see("Over screen sharing").await;

        // So is the form that cures.
        screen.follow("Needs Attention").await;
        screen.follow_beginning(Code::NoGranter.entry().title).await;
        screen.see("standard-holder-only").await;
        screen.follow("Grant ada a Secure Token with the credentials of ben, who becomes an administrator for the moment").await;
        screen.see("Administrator account details").await;
        let password = demo.password("standard-holder-only", "ben").to_owned();
        screen.fill("Administrator account details", "Password", &password).await;
        let password = demo.password("standard-holder-only", "ada").to_owned();
        screen.fill("Target account details", "Password", &password).await;
        screen.press("Grant Token").await;
        screen.see(Code::Granted.entry().title).await;
        screen.follow("Needs Attention").await;
        screen.see("need a person").await;
    })
    .await;
}

#[tokio::test]
async fn a_mac_is_muted_and_assigned_without_a_script() {
    in_front_of_a_demo(5, Scripts::Off, async |screen, _| {
        screen.follow("no-holder").await;
        screen.fill_in("Owner", "Grace, desk 4").await;
        screen.press("Assign").await;
        screen.see("Owner: Grace, desk 4").await;
        screen.fill_in("Reason", "on loan").await;
        screen.press("Mute").await;
        screen.see("on loan").await;
        screen.press("Unmute: The whole Mac").await;
        screen.see("Owner: Grace, desk 4").await;
    })
    .await;
}
