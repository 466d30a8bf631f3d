//! Lists: Macs, what can be asked of them, what was asked, and what codes mean.

use trust::code::Code;

use super::Tour;

pub async fn walk(tour: &mut Tour<'_>) {
    for (place, path, text) in [
        ("manage", "/", "healthy"),
        ("manage-by-chain", "/?state=broken", "no-holder"),
        (
            "manage-by-finding",
            "/?finding=no_granter",
            "standard-holder-only",
        ),
        (
            "manage-by-warning",
            "/?warning=nobody_can_grant",
            "Nobody can hand a token on.",
        ),
        ("manage-by-score", "/?score=0-19", "a score from 0 to 19"),
        ("manage-no-match", "/?q=nobody&state=broken", "No Mac matches."),
        (
            "manage-for-grant",
            "/?for=grant-secure-token",
            "Choose the Mac for",
        ),
        ("remote-actions", "/remote-actions", "Policies & Accounts"),
        (
            "remote-actions-no-match",
            "/remote-actions?category=x",
            "Show all",
        ),
        ("policies", "/policies", "Turn on"),
        ("vault", "/vault", "Kept without a Mac"),
        ("what-if", "/what-if", "Nothing is sent to any of them."),
        (
            "what-if-answer",
            "/what-if?kind=delete_account&target=ada",
            "would lose their last holder",
        ),
        ("codes", "/codes", "Good ends"),
    ] {
        tour.open(path).await;
        tour.screen.see(text).await;
        tour.stop(place).await;
    }
    tour.open("/").await;
    tour.screen.tab_to("dead-token").await;
    tour.stop("manage-focus").await;
    for code in [Code::AdministratorWrongPassword, Code::ChainBroken, Code::Granted] {
        tour.open(&format!("/codes/{code}")).await;
        tour.screen.see(code.entry().title).await;
        tour.stop(&format!("code-{code}")).await;
    }
}

async fn leave_in_peace(tour: &mut Tour<'_>, days: &str) {
    tour.open("/policies").await;
    tour.screen
        .fill_in(
            "A Mac stands there when it enrolled more than so many days ago",
            days,
        )
        .await;
    tour.screen.press("Save the days").await;
    tour.screen.see("Saved.").await;
}

/// The list of Macs that need a person: empty while new ones are left in peace, and then not.
pub async fn walk_needs_attention(tour: &mut Tour<'_>) {
    leave_in_peace(tour, "10").await;
    tour.open("/needs-attention").await;
    tour.screen.see("Nothing waits for a person.").await;
    tour.stop("needs-attention-empty").await;
    leave_in_peace(tour, "0").await;
    for (place, path, text) in [
        ("needs-attention", "/needs-attention", "no-holder"),
        (
            "needs-attention-by-reason",
            "/needs-attention?reason=chain_broken",
            "Show the ways back",
        ),
        (
            "needs-attention-no-match",
            "/needs-attention?owner=nobody",
            "No Mac matches.",
        ),
        ("resilience", "/resilience", "What hangs by a thread"),
    ] {
        tour.open(path).await;
        tour.screen.see(text).await;
        tour.stop(place).await;
    }
}

/// What was asked on the way.
pub async fn walk_history(tour: &mut Tour<'_>) {
    for (place, path) in [
        ("history", "/actions"),
        ("history-by-state", "/actions?state=succeeded"),
        ("history-no-match", "/actions?state=expired"),
    ] {
        tour.open(path).await;
        tour.screen.see("History").await;
        tour.stop(place).await;
    }
}
