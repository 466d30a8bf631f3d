//! The service account as people see and order it: how it stands and why, on the Mac's page and in Manage; its forms; and what
//! the organisation wants of it.

use macsim::MacHome;
use macsim::model::clock::UnixMillis;
use macsim::rules::refusal::{Circumstances, Credentials};
use macsim::rules::{delete_account, inject_hash};

use super::demo::Demo;
use super::in_front_of_a_demo;
use super::screen::{Screen, Scripts};

const ADMINISTRATOR: &str = "Administrator account details";
const TARGET: &str = "Target account details";
const PERSON: &str = "Person";
const NAME: &str = "_bestow";

async fn open(screen: &Screen, form: &str) {
    screen.follow("Manage").await;
    screen.follow("healthy").await;
    screen.open_menu("Actions").await;
    screen.follow(form).await;
}

async fn create(screen: &Screen, demo: &Demo) {
    open(screen, "Create Service Account").await;
    screen.fill(ADMINISTRATOR, "Username", "ada").await;
    let password = demo.password("healthy", "ada");
    screen.fill(ADMINISTRATOR, "Password", password).await;
    screen.press("Create").await;
    screen.see("The service account is there and valid").await;
}

#[tokio::test]
async fn it_is_made_rotated_adopts_and_is_removed_by_the_labels_on_the_screen() {
    in_front_of_a_demo(1, Scripts::On, async |screen, demo| {
        screen.follow("healthy").await;
        screen.see("Awaiting first login").await;
        screen.see("Nothing is wrong yet.").await;
        create(screen, demo).await;
        screen.follow("healthy").await;
        screen
            .see("Its password opened Open Directory and the disk:")
            .await;
        assert_eq!(screen.fact("New password every").await, "30 days");
        assert_eq!(screen.fact("Never grants to").await, "nobody");

        open(screen, "Rotate Service Account Password").await;
        screen.press("Rotate").await;
        screen.see("The service account has a new password").await;
        open(screen, "Repair Service Account").await;
        screen.press("Repair").await;
        screen.see("The service account was valid already").await;

        open(screen, "Adopt Account").await;
        screen.fill(TARGET, "Username", "ben").await;
        let password = demo.password("healthy", "ben");
        screen.fill(TARGET, "Password", password).await;
        screen.fill(PERSON, "E-mail address", "ben@example.com").await;
        screen.press("Adopt").await;
        screen
            .see("Enter the person's name too, or leave both empty.")
            .await;
        screen.fill(PERSON, "Name", "Ben Brandt").await;
        screen.fill(TARGET, "Password", password).await;
        screen.press("Adopt").await;
        screen.see("The account was taken over").await;
        screen.follow("healthy").await;
        screen.see("Ben Brandt").await;
        screen.see("ben@example.com").await;

        open(screen, "Remove Service Account").await;
        screen.press("Remove").await;
        screen.see("The service account was removed").await;
    })
    .await;
}

#[tokio::test]
async fn what_is_wrong_with_it_is_told_with_its_date_and_who_can_help() {
    in_front_of_a_demo(1, Scripts::On, async |screen, demo| {
        create(screen, demo).await;
        screen.follow("healthy").await;
        // Only what is done to the Mac after that proof is news to the agent.
        screen
            .see("Its password opened Open Directory and the disk:")
            .await;
        let home = MacHome::open(demo.mac("healthy"));
        let with = |password| Credentials { name: NAME, password };
        let at = Circumstances {
            now: UnixMillis(2_000_000_000_000),
        };
        home.change(|mac| inject_hash::inject_hash(mac, with("injected by a stranger"), at))
            .unwrap()
            .unwrap();
        open(screen, "Repair Service Account").await;
        screen.press("Repair").await;
        screen.see("Progress").await;
        screen.follow("healthy").await;
        for text in [
            "Invalid, easily recovered",
            "local password wrong",
            "it refused the password",
            "seen 20",
            "Ways to repair it",
            "cannot unlock its disk when it starts",
        ] {
            screen.see(text).await;
        }
        screen.follow("Manage").await;
        screen.see("Invalid, easily recovered").await;

        home.change(|mac| delete_account::delete_account(mac, NAME, false))
            .unwrap()
            .unwrap();
        // Any order has the agent look at the Mac.
        open(screen, "Grant Secure Token").await;
        for (section, account) in [(ADMINISTRATOR, "ada"), (TARGET, "ben")] {
            screen.fill(section, "Username", account).await;
            let password = demo.password("healthy", account);
            screen.fill(section, "Password", password).await;
        }
        screen.press("Grant Token").await;
        screen.see("Progress").await;
        screen.follow("healthy").await;
        screen.see("The service account is made at the next login").await;
        screen.follow("View admin list").await;
        screen.see("Nobody of them logs in soon?").await;
        screen.see("ada").await;
    })
    .await;
}

#[tokio::test]
async fn the_organisation_says_what_it_wants_and_a_mac_is_excluded() {
    in_front_of_a_demo(1, Scripts::Off, async |screen, _| {
        screen.follow("Policies").await;
        screen.fill_in("New password after so many days", "7").await;
        screen
            .fill_in("Accounts that never get a token by themselves", "guest, ben")
            .await;
        screen.press("Save").await;
        screen.see("Saved").await;
        screen.follow("Manage").await;
        screen.follow("healthy").await;
        assert_eq!(screen.fact("New password every").await, "7 days");
        assert_eq!(screen.fact("Never grants to").await, "ben, guest");
        screen
            .press("Exclude this Mac from having a service account")
            .await;
        screen.see("the organisation wants none on this Mac").await;
        screen.press("Let this Mac have a service account again").await;
        screen.see("Exclude this Mac from having a service account").await;
        screen.see("Awaiting first login").await;
    })
    .await;
}
