//! Who may ask, and one's own account: on a server of its own, because the walk goes on as somebody with a name.

use std::time::{SystemTime, UNIX_EPOCH};

use totp_rs::{Builder, Secret};

use super::Tour;

const PASSWORD: &str = "a sentence for the walk";

pub async fn walk(tour: &mut Tour<'_>, server: &str) {
    let open = async |tour: &Tour<'_>, path: &str| tour.screen.go(&format!("{server}{path}")).await;
    open(tour, "/people").await;
    tour.screen.see("Nobody signs in by a name yet.").await;
    tour.stop("people-empty").await;
    tour.screen.fill_in("Name", "two words").await;
    tour.screen.press("Invite").await;
    tour.screen.see("Nobody was added.").await;
    tour.stop("people-refused").await;
    tour.screen.fill_in("Name", "grace@example.org").await;
    tour.screen.choose_in("Role", "Owner").await;
    tour.screen.press("Invite").await;
    tour.screen.see("It is not shown again.").await;
    tour.stop("invitation-made").await;
    let link = tour.screen.code("/invitation/").await;
    open(tour, "/account").await;
    tour.screen.see("You have no account of your own.").await;
    tour.stop("account-of-nobody").await;
    open(tour, "/api-tokens").await;
    tour.screen.fill_in("Name", "nightly-report").await;
    tour.screen.press("Make token").await;
    tour.screen.see("It is not shown again.").await;
    tour.stop("api-token-made").await;

    open(tour, &link).await;
    tour.screen.see("Choose your password").await;
    tour.stop("invitation").await;
    tour.screen.fill_in("Your password", PASSWORD).await;
    tour.screen.fill_in("Your password, again", PASSWORD).await;
    tour.screen.press("Save and sign in").await;
    tour.screen.see("No Mac has enrolled yet.").await;
    for (place, path, text) in [
        ("people", "/people", "grace@example.org"),
        ("sessions", "/sessions", "this one"),
        ("api-tokens", "/api-tokens", "nightly-report"),
        ("support", "/support", "Download"),
        ("account", "/account", "Set up a second factor"),
    ] {
        open(tour, path).await;
        tour.screen.see(text).await;
        tour.stop(place).await;
    }
    asked_for(tour, server).await;
    second_factor(tour, server).await;
}

/// The organisation asks for a second factor, which leads to where it is set up.
async fn asked_for(tour: &mut Tour<'_>, server: &str) {
    tour.screen.go(&format!("{server}/policies")).await;
    tour.screen
        .press_in("A second factor for whoever sees secrets", "Turn on")
        .await;
    tour.screen.see("You need a second factor first").await;
    tour.stop("second-factor-needed").await;
    tour.screen.follow("To your second factor").await;
    tour.screen.see("Until it is set up, nothing else opens.").await;
    tour.stop("account-that-owes-a-second-factor").await;
}

async fn second_factor(tour: &mut Tour<'_>, server: &str) {
    tour.screen.press("Set up a second factor").await;
    tour.screen.see("Let it read the picture").await;
    tour.stop("second-factor").await;
    let secret = tour.screen.code("").await.replace(' ', "");
    tour.screen.fill_in("Code that the app shows", "000000").await;
    tour.screen.press("Confirm").await;
    tour.screen.see("This is not the code").await;
    tour.stop("second-factor-refused").await;
    tour.screen
        .fill_in("Code that the app shows", &code(&secret, 0))
        .await;
    tour.screen.press("Confirm").await;
    tour.screen.see("They are not shown again.").await;
    tour.stop("recovery-codes").await;
    tour.screen.follow("I have kept them").await;
    tour.screen.see("Take it away").await;
    tour.stop("account-with-second-factor").await;
    tour.screen.go(&format!("{server}/people")).await;
    tour.screen.follow("grace@example.org").await;
    tour.screen.see("Reset second factor").await;
    tour.stop("person").await;

    tour.screen.press("Sign out").await;
    tour.screen.see("You are signed out").await;
    tour.screen.go(&format!("{server}/sign-in")).await;
    tour.screen.fill_in("Name", "grace@example.org").await;
    tour.screen.fill_in("Password", PASSWORD).await;
    tour.screen.press("Sign in").await;
    tour.screen.see("The six digits that your app shows").await;
    tour.stop("sign-in-second-factor").await;
    // The code of the half minute that comes: the one before may be that which confirmed.
    tour.screen.fill_in("Code", &code(&secret, 30)).await;
    tour.screen.press("Sign in").await;
    tour.screen.see("No Mac has enrolled yet.").await;
}

/// The code that an app shows so many seconds from now.
fn code(secret: &str, ahead: u64) -> String {
    #[expect(
        clippy::disallowed_methods,
        reason = "the server tells the time of this computer"
    )]
    let now = SystemTime::now().duration_since(UNIX_EPOCH).unwrap().as_secs();
    let secret = Secret::try_from_base32(secret).unwrap();
    let app = Builder::new().with_secret(secret).build().unwrap();
    app.generate(now + ahead).to_string()
}
