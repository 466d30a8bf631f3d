//! An account is chosen otherwise than by its username, with scripts and without.

use super::in_front_of_a_demo;
use super::screen::Scripts;

const ADMINISTRATOR: &str = "Administrator account details";
const TARGET: &str = "Target account details";
const WAYS: &str = "Or by alias, user id or role";
const BY: &str = "The account is chosen by";

#[tokio::test]
async fn a_role_is_told_as_the_account_that_it_means_before_anything_is_sent() {
    in_front_of_a_demo(1, Scripts::On, async |screen, demo| {
        screen.follow("healthy").await;
        screen.open_menu("Actions").await;
        screen.follow("Reset Password").await;
        screen.fill(ADMINISTRATOR, "Username", "ada").await;
        screen.open_menu_in(TARGET, WAYS).await;
        screen
            .choose(TARGET, BY, "its role: the only administrator")
            .await;
        screen
            .see("The role administrator besides ada fits no account.")
            .await;
        screen
            .choose(TARGET, BY, "its role: the only standard account")
            .await;
        screen.see("What this means here").await;
        screen.see("This can be sent.").await;
        screen
            .fill(ADMINISTRATOR, "Password", demo.password("healthy", "ada"))
            .await;
        screen.fill("New password", "Password", "one for ben, 1").await;
        screen.press("Reset").await;
        screen.see("Reset Password: ben, with the help of ada").await;
        screen
            .see("It is done, and proved by reading the Mac back.")
            .await;
    })
    .await;
}

#[tokio::test]
async fn a_user_id_that_nobody_has_is_said_without_scripts() {
    in_front_of_a_demo(1, Scripts::Off, async |screen, _demo| {
        screen.follow("healthy").await;
        screen.open_menu("Actions").await;
        screen.follow("Unlock Account").await;
        screen.fill(TARGET, "Username", "777").await;
        screen.open_menu_in(TARGET, WAYS).await;
        screen.choose(TARGET, BY, "its user id").await;
        screen.press("Check plan").await;
        screen
            .see("Which account is meant cannot be told on this Mac.")
            .await;
        screen.see("The user id 777 fits no account.").await;
    })
    .await;
}
