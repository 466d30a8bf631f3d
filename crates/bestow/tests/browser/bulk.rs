//! One action for many Macs: ticked in Manage, planned, confirmed, watched.

use macsim::MacHome;
use macsim::front::pause::{Orphaned, PausePoint, When};
use trust::code::Code;

use super::demo::Demo;
use super::in_front_of_a_demo;
use super::screen::{Screen, Scripts};
use super::support::wait;

const ADMINISTRATOR: &str = "Administrator account details";
const TARGET: &str = "Target account details";
const WILDCARD: &str = "Password by wildcard (optional)";

/// Those of the first five Macs of the demo on which ada can hand a token on to ben.
const READY: [&str; 2] = ["filevault-off", "healthy"];

/// Fills in a grant from ada to each Mac's person, one Mac at a time.
async fn fill_in_a_grant(screen: &Screen) {
    screen.fill(ADMINISTRATOR, "Username", "ada").await;
    screen.fill(ADMINISTRATOR, WILDCARD, "%admin_password%").await;
    screen.fill(TARGET, "Username", "%username%").await;
    screen.fill(TARGET, WILDCARD, "%password%").await;
    screen.fill_in("Canary: how many go first", "1").await;
    screen.fill_in("At most so many Macs at a time", "1").await;
    screen.press("Show plan").await;
    screen.see("Confirm").await;
}

async fn begin(screen: &Screen, count: &str) {
    screen.fill_in("How many Macs are meant", count).await;
    screen.press("Begin").await;
    screen.see("Results").await;
}

/// Holds the next grant on a Mac.
fn hold(demo: &Demo, mac: &str) -> (MacHome, u32) {
    let home = MacHome::open(demo.mac(mac));
    let point = PausePoint {
        tool: "sysadminctl".to_owned(),
        arg: Some("-secureTokenOn".to_owned()),
        when: When::BeforeEffect,
        orphaned: Orphaned::Ends,
    };
    let number = home.pause(&point).unwrap();
    (home, number)
}

#[tokio::test]
async fn macs_are_ticked_planned_confirmed_and_watched_to_their_end() {
    in_front_of_a_demo(5, Scripts::On, async |screen, _| {
        for mac in ["healthy", "filevault-off", "no-holder"] {
            screen.tick(&format!("Tick {mac}")).await;
        }
        screen.press("Ask the ticked Macs").await;
        screen.see("The Macs that are ticked here").await;
        fill_in_a_grant(screen).await;
        screen.see("3 chosen Macs").await;
        screen.follow("Needs a person 1").await;
        screen.see(Code::ChainBroken.entry().title).await;
        screen.follow("Ready 2").await;
        screen.fill_in("How many Macs are meant", "3").await;
        screen.press("Begin").await;
        screen.see("Type 2: so many Macs are meant.").await;
        begin(screen, "2").await;
        // It comes by itself.
        screen.see("2 of 2 ended").await;
        screen.see("Every Mac has its result.").await;
        screen.see("The account holds a Secure Token").await;
        let table = screen.download("Download CSV").await;
        let lines: Vec<&str> = table.lines().collect();
        assert_eq!(lines.len(), 4, "{table}");
        for mac in READY {
            let line = lines.iter().find(|line| line.starts_with(mac)).unwrap();
            assert!(line.contains(",ready,succeeded,granted,"), "{line}");
        }
        assert!(table.contains("no-holder") && table.contains(",not_sent,chain_broken,"));
        screen.follow("Bulk Runs").await;
        screen.follow("Grant Secure Token: ada → %username%").await;
        screen.see("2 of 2 ended").await;
    })
    .await;
}

#[tokio::test]
async fn a_run_is_stopped_and_continued() {
    in_front_of_a_demo(5, Scripts::On, async |screen, demo| {
        let (home, number) = hold(demo, "filevault-off");
        screen.press("Ask all Macs").await;
        fill_in_a_grant(screen).await;
        begin(screen, "2").await;
        wait::until("a tool to be held", || {
            home.pause_is_reached(number).then_some(())
        });
        screen.see("1 running").await;
        screen.see("1 held").await;
        screen.fill_in("Reason (optional)", "lunch").await;
        screen.press("Stop").await;
        screen
            .see("It sends nothing more until somebody continues it.")
            .await;
        home.resume_all().unwrap();
        screen.see("1 of 2 ended").await;
        screen.press("Continue").await;
        screen.see("2 of 2 ended").await;
        screen.see("2 succeeded").await;
    })
    .await;
}

#[tokio::test]
async fn a_run_needs_no_scripts() {
    in_front_of_a_demo(5, Scripts::Off, async |screen, _| {
        screen.fill_in("Search", "healthy").await;
        screen.press("Search").await;
        screen.see("1 Mac found").await;
        screen.press("Ask all that match").await;
        fill_in_a_grant(screen).await;
        begin(screen, "1").await;
        for _ in 0..600 {
            screen.follow("Bulk Runs").await;
            screen.follow("Grant Secure Token: ada → %username%").await;
            screen.see("Results").await;
            if screen.source().await.contains("1 of 1 ended") {
                screen.see("1 succeeded").await;
                return;
            }
        }
        panic!("the run did not end: {}", screen.source().await);
    })
    .await;
}

#[tokio::test]
async fn all_macs_on_a_page_are_ticked_at_once() {
    in_front_of_a_demo(2, Scripts::On, async |screen, demo| {
        screen.tick("Tick healthy").await;
        assert!(!screen.is_ticked("Tick all on this page").await);
        screen.tick("Tick all on this page").await;
        assert!(screen.is_ticked("Tick no-holder").await && screen.is_ticked("Tick healthy").await);
        demo.enrol_another("a-newcomer");
        screen.see("a-newcomer").await;
        assert!(!screen.is_ticked("Tick a-newcomer").await);
        assert!(
            !screen.is_ticked("Tick all on this page").await,
            "one has come that is not ticked"
        );
        screen.press("Ask the ticked Macs").await;
        screen.see("The Macs that are ticked here").await;
        assert!(!screen.source().await.contains("a-newcomer"));
    })
    .await;
}

#[tokio::test]
async fn a_tick_stays_with_its_mac_when_the_list_changes() {
    in_front_of_a_demo(2, Scripts::On, async |screen, demo| {
        screen.tick("Tick no-holder").await;
        demo.enrol_another("a-newcomer");
        screen.see("a-newcomer").await;
        assert!(screen.is_ticked("Tick no-holder").await);
        assert!(!screen.is_ticked("Tick healthy").await);
        assert!(!screen.is_ticked("Tick a-newcomer").await);
    })
    .await;
}
