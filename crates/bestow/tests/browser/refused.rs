//! What is refused, and how it is told.

use super::in_front_of_a_demo;
use super::screen::Scripts;

const ADMINISTRATOR: &str = "Administrator account details";
const TARGET: &str = "Target account details";

#[tokio::test]
async fn empty_fields_are_refused_with_words_at_the_field() {
    in_front_of_a_demo(1, Scripts::On, async |screen, _| {
        screen.follow("healthy").await;
        screen.open_menu("Actions").await;
        screen.follow("Grant Secure Token").await;
        screen.fill(ADMINISTRATOR, "Username", "ada").await;
        screen.press("Grant Token").await;
        screen.see("Nothing was sent.").await;
        screen.see("Enter the target account's username.").await;
        screen.see("Enter the administrator's password.").await;
        assert_eq!(screen.filled_in(ADMINISTRATOR, "Username").await, "ada");
    })
    .await;
}

#[tokio::test]
async fn a_wrong_password_is_an_authentication_error_and_a_broken_chain_sends_nothing() {
    in_front_of_a_demo(2, Scripts::On, async |screen, demo| {
        screen.follow("healthy").await;
        screen.open_menu("Actions").await;
        screen.follow("Grant Secure Token").await;
        screen.fill(TARGET, "Username", "ben").await;
        screen.fill(ADMINISTRATOR, "Password", "not ada's password").await;
        screen
            .fill(TARGET, "Password", demo.password("healthy", "ben"))
            .await;
        screen.press("Grant Token").await;
        screen.see("Authentication Error").await;
        screen.see("The administrator's password is wrong").await;

        screen.follow("Manage").await;
        screen.follow("no-holder").await;
        screen.see("No holder").await;
        screen.open_menu("Actions").await;
        screen.follow("Grant Secure Token").await;
        screen.fill(ADMINISTRATOR, "Username", "ada").await;
        screen.fill(ADMINISTRATOR, "Password", "anything").await;
        screen.fill(TARGET, "Username", "ben").await;
        screen.fill(TARGET, "Password", "anything").await;
        screen.press("Grant Token").await;
        screen.see("Nothing was sent.").await;
    })
    .await;
}
