//! A person at the screen has the service account made, by real processes: the agent hears them and nobody else, finishes what a
//! kill cut off, and leaves no password anywhere.

use std::fs;

use agent::paths::Paths;
use agent::service_account::Custody;
use macsim::front::pause::{Orphaned, PausePoint, When};
use macsim::report::TrueToken;
use macsim::scenario::Situation;
use secrecy::SecretString;
use trust::code::Code;
use utility_protocol::client::{Client, NoAnswer};
use utility_protocol::message::{Ended, Holds, Need, Status};

use crate::support::screen::Person;
use crate::support::search::{Haystack, both_processes, everything_written_at_rest, stand_nowhere};
use crate::support::site::Site;
use crate::support::wait;

const NAME: &str = "_bestow";

/// A running agent that knows that a service account is wanted, and ada at the screen.
fn site(seed: u64, log_level: &'static str) -> (Site, Person) {
    let site = Site::with(Situation::FileVaultOff, seed, log_level);
    let person = Person::sits_down(&site, "ada");
    let paths = Paths::new(&site.mac.home.root(), None);
    wait::until("the agent to be told what is wanted", || {
        Custody::open(&paths).unwrap().remembered().settings
    });
    (site, person)
}

fn status(client: &Client) -> Status {
    client.status().unwrap().unwrap()
}

fn create(client: &Client, account: &str, password: &str) -> Result<Ended, NoAnswer> {
    client.create(account.parse().unwrap(), SecretString::from(password), || {})
}

fn token(site: &Site) -> Option<TrueToken> {
    let accounts = site.mac.truth().accounts;
    let account = accounts.into_iter().find(|account| account.name == NAME);
    account.map(|account| account.token)
}

#[test]
fn it_is_made_at_the_screen_and_no_password_is_left_anywhere() {
    let (site, person) = site(841, "trace");
    let wrong = "planted \"wrong\" at the screen 🔑 7Xd4";
    let ada = site.mac.password("ada").to_owned();
    let said = person.does(|client| {
        let before = status(client);
        assert_eq!(before.need, Need::Needed { obstacle: None });
        let ada_there = before
            .accounts
            .iter()
            .find(|account| account.record_name.as_str() == "ada")
            .unwrap();
        assert_eq!((ada_there.holds, ada_there.administrator), (Holds::Yes, true));
        let refused = create(client, "ada", wrong).unwrap();
        assert_eq!(refused.code, Code::AdministratorWrongPassword);
        let made = create(client, "ada", &ada).unwrap();
        assert_eq!(made.code, Code::ServiceAccountCreated);
        let after = status(client);
        assert_eq!(after.need, Need::Valid);
        format!("{before:?}{refused:?}{made:?}{after:?}")
    });
    assert_eq!(token(&site), Some(TrueToken::Usable));
    wait::until("the server to be told", || {
        let page = site.run(&["service-account", &site.mac.name]).with_exit(0);
        (page.flat().contains("Made the service account") && page.flat().contains("Valid")).then_some(())
    });

    let mut found = both_processes(&site);
    found.push(Haystack::new("what the app was told", said.as_bytes()));
    found.extend(everything_written_at_rest(&site));
    let names: Vec<&str> = found.iter().map(|haystack| haystack.name.as_str()).collect();
    for part in [
        "guesses.json",
        "attempts.json",
        "calls.jsonl",
        "agent.log",
        "mac.json",
    ] {
        assert!(names.iter().any(|name| name.ends_with(part)), "{names:?}");
    }
    stand_nowhere(&[wrong, &ada], &found);
}

#[test]
fn nobody_else_is_heard() {
    let (site, person) = site(842, "info");
    // Ada's session is over, and the login window is shown.
    let leave = |mac: &mut macsim::Mac| mac.session.console_user = None;
    site.mac.home.change(leave).unwrap();
    let client = person.client();
    let refused = Ended::with(Code::NotAtTheScreen);
    assert_eq!(client.status().unwrap(), Err(refused));
    let ada = site.mac.password("ada").to_owned();
    assert_eq!(create(&client, "ada", &ada).unwrap(), refused);
    assert_eq!(token(&site), None);
    let log = fs::read_to_string(site.mac.log()).unwrap();
    assert!(log.contains("who does not sit at this Mac"), "{log}");
}

#[test]
fn an_agent_that_is_killed_in_the_middle_is_finished_by_the_next() {
    let (mut site, person) = site(843, "info");
    let ada = site.mac.password("ada").to_owned();
    let point = PausePoint {
        tool: "sysadminctl".to_owned(),
        arg: Some("-secureTokenOn".to_owned()),
        when: When::AfterEffect,
        orphaned: Orphaned::Ends,
    };
    let number = site.mac.home.pause(&point).unwrap();
    let lost = std::thread::scope(|scope| {
        let asked = scope.spawn(|| person.does(|client| create(client, "ada", &ada)));
        wait::until("the grant to be held", || {
            site.mac.home.pause_is_reached(number).then_some(())
        });
        site.mac.agent_process().signal(nix::sys::signal::Signal::SIGKILL);
        asked.join().unwrap()
    });
    assert!(matches!(lost, Err(NoAnswer::Lost(_))), "{lost:?}");
    site.mac.kill_agent();
    site.mac.release();

    site.mac.start_agent();
    let ended = wait::until("the next agent to listen", || {
        person.does(|client| create(client, "ada", &ada)).ok()
    });
    assert!(ended.code.is_success(), "{ended:?}");
    assert_eq!(token(&site), Some(TrueToken::Usable));
    assert_eq!(site.mac.times_granted(NAME), 1);
}
