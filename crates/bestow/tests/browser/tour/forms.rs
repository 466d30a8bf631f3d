//! The two forms: empty, with a plan that can be sent, with one that cannot, and sent back with errors.

use super::Tour;

const ADMINISTRATOR: &str = "Administrator account details";
const TARGET: &str = "Target account details";
const NEW: &str = "New password";
const GRANT: &str = "Grant Secure Token";

pub async fn walk(tour: &mut Tour<'_>) {
    grant(tour).await;
    create(tour).await;
    delete(tour).await;
    passwords(tour).await;
}

async fn open(tour: &Tour<'_>, mac: &str, form: &str) {
    tour.open_mac(mac).await;
    tour.screen.open_menu("Actions").await;
    tour.screen.follow(form).await;
    tour.screen.see("Nothing is sent before.").await;
}

async fn grant(tour: &mut Tour<'_>) {
    open(tour, "healthy", "Grant Secure Token").await;
    tour.stop("grant-empty").await;
    tour.screen.fill(ADMINISTRATOR, "Username", "ada").await;
    tour.screen.fill(TARGET, "Username", "ben").await;
    tour.screen.see("This can be sent.").await;
    tour.stop("grant-plan").await;
    tour.screen.press("Grant Token").await;
    tour.screen.see("Enter the administrator's password.").await;
    tour.stop("grant-errors").await;
    wildcards(tour).await;

    for (mac, administrator, target) in [
        ("no-holder", "ada", "ben"),
        ("standard-holder-only", "ben", "ada"),
        ("hfs", "ada", "ben"),
    ] {
        open_any(tour, mac, "Grant Secure Token").await;
        tour.screen.fill(ADMINISTRATOR, "Username", administrator).await;
        tour.screen.fill(TARGET, "Username", target).await;
        tour.screen.see("failed").await;
        tour.stop(&format!("grant-{mac}")).await;
    }
}

/// What wildcards mean, and one that means nothing.
async fn wildcards(tour: &mut Tour<'_>) {
    open_any(tour, "healthy", "Grant Secure Token").await;
    tour.screen.fill(TARGET, "Username", "%username%").await;
    tour.screen.open_menu_in(TARGET, "Or by a wildcard").await;
    tour.screen
        .fill(TARGET, "Password by wildcard", "%password%")
        .await;
    tour.screen.see("collected on").await;
    tour.stop("grant-wildcards").await;
    tour.screen.fill(TARGET, "Username", "%room%").await;
    tour.screen.see("A wildcard has no meaning on this Mac.").await;
    tour.stop("grant-wildcard-unresolved").await;
}

/// Opens a form on a Mac on which nothing may be possible.
async fn open_any(tour: &Tour<'_>, mac: &str, form: &str) {
    tour.open_mac(mac).await;
    tour.screen.open_menu("Actions").await;
    tour.screen.follow(form).await;
    tour.screen.see("Plan").await;
}

async fn create(tour: &mut Tour<'_>) {
    open(tour, "healthy", "Create User Account").await;
    tour.stop("create-empty").await;
    tour.screen.fill(TARGET, "Full name", "Dora Maar").await;
    tour.screen.fill(TARGET, "Username", "dora").await;
    tour.screen.fill(GRANT, "Username", "ada").await;
    tour.screen.see("This can be sent.").await;
    tour.stop("create-plan").await;
    tour.screen.fill(TARGET, "Username", "ben").await;
    tour.screen.press("Create").await;
    tour.screen.see("Nothing was sent.").await;
    tour.stop("create-errors").await;
}

/// The last holder: the plan says what the chain would lose, and takes the Mac's name for it.
async fn delete(tour: &mut Tour<'_>) {
    open(tour, "healthy", "Delete Account").await;
    tour.stop("delete-empty").await;
    tour.screen.fill(TARGET, "Username", "ada").await;
    tour.screen.see("no other account holds a Secure Token").await;
    tour.stop("delete-last-holder").await;
    tour.screen
        .fill("Confirmation", "Name of this Mac", "healthy")
        .await;
    tour.screen.see("accepted by typing the Mac's name").await;
    tour.stop("delete-accepted").await;
}

/// Another password, by the present one and by another account's authority.
async fn passwords(tour: &mut Tour<'_>) {
    open(tour, "healthy", "Change Password").await;
    tour.screen.fill(TARGET, "Username", "ada").await;
    tour.screen.see("which the new password keeps and proves").await;
    tour.stop("change-password").await;
    open(tour, "healthy", "Reset Password").await;
    tour.screen.fill(ADMINISTRATOR, "Username", "ada").await;
    tour.screen.fill(TARGET, "Username", "ada").await;
    tour.screen.see("the account itself").await;
    tour.stop("reset-own-password").await;
    tour.screen.fill(TARGET, "Username", "").await;
    tour.screen
        .open_menu_in(TARGET, "Or by alias, user id or role")
        .await;
    let by = "The account is chosen by";
    tour.screen
        .choose(TARGET, by, "its role: the only administrator")
        .await;
    tour.screen
        .see("The role administrator besides ada fits no account.")
        .await;
    tour.stop("reset-password-by-role").await;
    tour.screen.choose(TARGET, by, "its username").await;
    tour.screen.fill(TARGET, "Username", "ben").await;
    tour.screen.fill(NEW, "Password", "one for ben").await;
    tour.screen.press("Reset").await;
    tour.screen.see("Enter the administrator's password.").await;
    tour.stop("reset-password-errors").await;
}
