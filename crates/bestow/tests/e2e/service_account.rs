//! The service account, by real processes: made silently at a holder's login through the plug-in's real library, it hands its
//! token on at the next ones, and its password is left nowhere.

use std::fs;

use agent::paths::Paths;
use agent::service_account::Custody;
use macsim::report::TrueToken;
use macsim::scenario::Situation;
use secrecy::ExposeSecret as _;

use crate::support::child::command;
use crate::support::command::Said;
use crate::support::plugin::{login, macsim, site, wait_until_registered};
use crate::support::search::{Haystack, everything_written_at_rest, said as told, stand_nowhere};
use crate::support::site::Site;
use crate::support::wait;

const NAME: &str = "_bestow";

/// The server tells the agent what the organisation wants when it first looks in; a login before that is nobody's business.
pub fn wait_until_told_what_is_wanted(site: &Site) {
    let paths = Paths::new(&site.mac.home.root(), None);
    wait::until("the agent to be told what is wanted", || {
        Custody::open(&paths).unwrap().remembered().settings
    });
}

/// What the account is worth, if it is there.
fn token(site: &Site) -> Option<TrueToken> {
    let accounts = site.mac.truth().accounts;
    let account = accounts.into_iter().find(|account| account.name == NAME);
    account.map(|account| account.token)
}

/// Waits until the account is there, and its agent has its password.
pub fn wait_until_made(site: &Site) {
    wait::until("the service account to be made", || {
        (token(site) == Some(TrueToken::Usable)).then_some(())
    });
    // The agent has its password when it is the current one.
    wait::until("its password to be kept", || {
        (kept(site).len() == 1).then_some(())
    });
}

/// The passwords that the agent keeps, as only it can read them.
fn kept(site: &Site) -> Vec<String> {
    let paths = Paths::new(&site.mac.home.root(), None);
    let custody = Custody::open(&paths).unwrap();
    let passwords = custody.passwords.all().unwrap();
    passwords
        .iter()
        .map(|password| password.secret.expose_secret().to_owned())
        .collect()
}

#[test]
fn the_first_login_of_a_holder_makes_it_and_the_next_account_gets_its_token() {
    // Without an MDM macOS hands nothing on by itself.
    let mut site = site(Situation::FileVaultOff, 811, "trace");
    site.mac.start_agent();
    wait_until_registered(&site);
    wait_until_told_what_is_wanted(&site);
    assert_eq!(token(&site), None);

    let ada = site.mac.password("ada").to_owned();
    let ben = site.mac.password("ben").to_owned();
    let mut found = vec![told("login of ada", &login(&site, "ada", &ada).with_exit(0))];
    wait_until_made(&site);
    assert_eq!(site.mac.account("ben").token, TrueToken::Absent);
    found.push(told("login of ben", &login(&site, "ben", &ben).with_exit(0)));
    wait::until("ben to hold a token", || {
        (site.mac.account("ben").token == TrueToken::Usable).then_some(())
    });
    assert_eq!(
        (site.mac.times_granted(NAME), site.mac.times_granted("ben")),
        (1, 1)
    );

    let kept = kept(&site);
    assert_eq!(kept.len(), 1);
    for way in ["login", "ssh", "su"] {
        let refused = macsim(&site, &[way, NAME, "--password-stdin"], &format!("{}\n", kept[0]));
        found.push(told(way, &refused.with_exit(1).says(&["no shell"])));
    }
    let outside = site.mac.agent_process().seen_from_outside();
    found.push(Haystack::new("arguments or environment of the agent", &outside));
    found.extend(everything_written_at_rest(&site));
    let names: Vec<&str> = found.iter().map(|haystack| haystack.name.as_str()).collect();
    for part in [
        "keychain.json",
        "keychain-key.json",
        "service-account.json",
        "attempts.json",
        "calls.jsonl",
        "agent.log",
        "mac.json",
    ] {
        assert!(names.iter().any(|name| name.ends_with(part)), "{names:?}");
    }
    stand_nowhere(&[&ada, &ben, &kept[0]], &found);
}

#[test]
fn it_is_made_at_enrolment_with_an_administrators_password() {
    let site = Site::not_enrolled(Situation::Healthy, 812, "info");
    let secret = site.run(&["enrolment-secret"]).with_exit(0).out;
    let file = site.folder().join("secret");
    fs::write(&file, secret).unwrap();
    let enroll = |password: &str| {
        let mut agent = command(&site.folder().join("bestow-agent"));
        agent.arg("--root").arg(site.mac.home.root());
        agent.args(["enroll", "--server", &site.proxy.url(), "--name", "healthy"]);
        agent.arg("--secret-file").arg(&file);
        agent.args(["--administrator", "ada", "--password-stdin"]);
        Said::by(&mut agent, password)
    };
    enroll(site.mac.password("ada"))
        .with_exit(0)
        .says(&["Enrolled as device", "service account"]);
    assert_eq!(token(&site), Some(TrueToken::Usable));
    assert_eq!(kept(&site).len(), 1);
}
