//! The console without a mouse.

use fantoccini::key::Key;

use super::in_front_of_a_demo;
use super::screen::{Screen, Scripts};

#[tokio::test]
async fn a_token_is_granted_by_keyboard_alone() {
    in_front_of_a_demo(1, Scripts::On, async |screen, demo| {
        screen.tab_to("healthy").await;
        screen.key(Key::Enter).await;
        screen.see("Device Summary").await;
        screen.tab_to("Actions").await;
        screen.key(Key::Enter).await;
        screen.tab_to("Grant Secure Token").await;
        screen.key(Key::Enter).await;
        screen.see("Administrator account details").await;
        screen.tab_to("Username").await;
        screen.tab_to("Password").await;
        screen.type_in(demo.password("healthy", "ada")).await;
        screen.tab_to("Username").await;
        screen.type_in("ben").await;
        screen.see("This can be sent.").await;
        screen.tab_to("Password").await;
        screen.type_in(demo.password("healthy", "ben")).await;
        screen.key(Key::Enter).await;
        screen.see("The account holds a Secure Token").await;
    })
    .await;
}

#[tokio::test]
async fn the_menu_opens_and_closes_by_keyboard() {
    in_front_of_a_demo(1, Scripts::On, async |screen, _| {
        screen.follow("healthy").await;
        screen.see("Device Summary").await;
        screen.tab_to("Actions").await;
        for key in [Key::Enter, Key::Space] {
            screen.key(key).await;
            screen.tab_to("Create User Account").await;
            screen.key(Key::Escape).await;
            assert_eq!(
                screen.focused().await.unwrap().name,
                "Actions",
                "Escape leads back"
            );
            screen.key(Key::Tab).await;
            let next = screen.focused().await.unwrap().name;
            assert_ne!(next, "Grant Secure Token", "the menu is closed");
            screen.tab_back().await;
        }
    })
    .await;
}

#[tokio::test]
async fn what_is_wrong_with_a_form_leads_the_keyboard_to_its_field() {
    in_front_of_a_demo(1, Scripts::On, async |screen, demo| {
        screen.follow("healthy").await;
        screen.see("Device Summary").await;
        screen.open_menu("Actions").await;
        screen.follow("Grant Secure Token").await;
        screen.fill("Target account details", "Username", "ben").await;
        screen.press("Grant Token").await;
        screen.see("Nothing was sent.").await;
        // The first stop is the first thing that is wrong; the administrator is suggested by the form.
        screen.key(Key::Tab).await;
        let first = screen.focused().await.unwrap();
        assert_eq!(first.name, "Enter the administrator's password.");
        screen.key(Key::Enter).await;
        assert_eq!(screen.focused().await.unwrap().name, "Password");
        screen.type_in(demo.password("healthy", "ada")).await;
        screen.tab_to("Password").await;
        screen.type_in(demo.password("healthy", "ben")).await;
        screen.key(Key::Enter).await;
        screen.see("The account holds a Secure Token").await;
    })
    .await;
}

#[tokio::test]
async fn the_keyboard_reaches_everything_in_its_order_and_gets_out_again() {
    in_front_of_a_demo(1, Scripts::On, async |screen, _| {
        screen.see("healthy").await;
        let passed = walk(screen).await;
        assert_eq!(
            passed,
            [
                "Skip to contents",
                "Bestow",
                "Manage",
                "Needs Attention",
                "Remote Actions",
                "Bulk Runs",
                "What if",
                "History",
                "Enrolment Data",
                "Policies",
                "People",
                "Codes",
                "Your account: demo",
                "Sign out",
                "Search",
                "Chain of trust",
                "Finding",
                "Service account",
                "Search",
                "Ask the ticked Macs",
                "Ask all Macs",
                "Tick all on this page",
                "Devices",
                "Tick healthy",
                "healthy",
                "Support bundle",
            ]
        );
        screen.key(Key::Tab).await;
        screen.key(Key::Enter).await;
        screen.key(Key::Tab).await;
        assert_eq!(
            screen.focused().await.unwrap().name,
            "Search",
            "the skip link skips"
        );

        screen.follow("healthy").await;
        screen.see("Device Summary").await;
        let passed = walk(screen).await;
        assert!(passed.contains(&"Actions".to_owned()), "{passed:?}");
        screen.open_menu("Actions").await;
        screen.follow("Create User Account").await;
        screen.see("Nothing is sent before.").await;
        let passed = walk(screen).await;
        for name in [
            "Full name",
            "Username",
            "Password",
            "Role",
            "Hide the account at the login window",
            "Reason (optional)",
            "Create",
            "Cancel",
        ] {
            assert!(
                passed.contains(&name.to_owned()),
                "{name} is missing in {passed:?}"
            );
        }
    })
    .await;
}

/// Goes once through the page by the tabulator. Answers what had the keyboard, in order; each showed that it had it.
async fn walk(screen: &Screen) -> Vec<String> {
    let mut passed = Vec::new();
    for _ in 0..100 {
        screen.key(Key::Tab).await;
        let Some(focused) = screen.focused().await else {
            return passed;
        };
        assert!(focused.has_ring, "{focused:?} shows no ring");
        assert!(focused.is_in_view, "{focused:?} is out of view");
        passed.push(focused.name);
    }
    panic!("no way out: {passed:?}");
}
