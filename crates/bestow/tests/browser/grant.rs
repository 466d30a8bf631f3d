//! Grant Secure Token, with scripts and without.

use super::in_front_of_a_demo;
use super::screen::Scripts;

const ADMINISTRATOR: &str = "Administrator account details";
const TARGET: &str = "Target account details";

#[tokio::test]
async fn a_token_is_granted_by_the_labels_on_the_screen() {
    in_front_of_a_demo(1, Scripts::On, async |screen, demo| {
        screen.follow("healthy").await;
        screen.open_menu("Actions").await;
        screen.see("Policies & Accounts").await;
        screen.follow("Grant Secure Token").await;
        screen.fill(ADMINISTRATOR, "Username", "ada").await;
        screen.fill(TARGET, "Username", "ben").await;
        // The plan comes by itself, before anything is sent.
        screen.see("This can be sent.").await;
        let password = demo.password("healthy", "ada");
        screen.fill(ADMINISTRATOR, "Password", password).await;
        screen
            .fill(TARGET, "Password", demo.password("healthy", "ben"))
            .await;
        screen.press("Grant Token").await;
        screen
            .see("It is done, and proved by reading the Mac back.")
            .await;
        screen.see("The account holds a Secure Token").await;
        screen
            .see("visible on the start-up screen after the next restart")
            .await;
        assert!(!screen.source().await.contains(password));

        screen.follow("healthy").await;
        screen.see("Grant Secure Token: ada → ben").await;
        screen.see("after restart").await;
        screen.see("handed on by ada").await;
    })
    .await;
}

#[tokio::test]
async fn a_finding_leads_to_its_cure_without_scripts() {
    in_front_of_a_demo(1, Scripts::Off, async |screen, demo| {
        screen.follow("healthy").await;
        screen
            .see("An account is missing from the start-up screen: ben")
            .await;
        screen
            .follow("Grant ben a Secure Token with the credentials of ada")
            .await;
        assert_eq!(screen.filled_in(ADMINISTRATOR, "Username").await, "ada");
        assert_eq!(screen.filled_in(TARGET, "Username").await, "ben");
        screen.fill(TARGET, "Username", "nobody").await;
        screen.press("Check plan").await;
        screen.see("The target account does not exist on this Mac").await;
        screen.fill(TARGET, "Username", "ben").await;
        screen.press("Check plan").await;
        screen.see("This can be sent.").await;
        screen
            .fill(ADMINISTRATOR, "Password", demo.password("healthy", "ada"))
            .await;
        screen
            .fill(TARGET, "Password", demo.password("healthy", "ben"))
            .await;
        screen.press("Grant Token").await;
        screen.see("Progress").await;
    })
    .await;
}
