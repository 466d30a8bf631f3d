//! Create User Account.

use super::in_front_of_a_demo;
use super::screen::Scripts;

const TARGET: &str = "Target account details";
const GRANT: &str = "Grant Secure Token";

#[tokio::test]
async fn an_account_with_a_token_is_created_by_the_labels_on_the_screen() {
    in_front_of_a_demo(1, Scripts::On, async |screen, demo| {
        screen.follow("Remote Actions").await;
        screen.see("Policies & Accounts").await;
        screen.follow("Choose a Mac for Create User Account").await;
        screen.follow("healthy").await;
        screen.fill(TARGET, "Full name", "Dora Maar").await;
        screen.fill(TARGET, "Username", "dora").await;
        screen.fill(TARGET, "Password", "a new password for dora").await;
        screen.fill(GRANT, "Username", "ada").await;
        screen
            .fill(GRANT, "Password", demo.password("healthy", "ada"))
            .await;
        screen.see("This can be sent.").await;
        screen.press("Create").await;
        screen.see("The account was made and holds a Secure Token").await;
        screen.see("Create the account").await;
        screen.see("Grant a Secure Token").await;
        screen.follow("healthy").await;
        screen.see("Dora Maar").await;
    })
    .await;
}
