//! `bestow-agent uninstall` on simulated Macs: refused where it would cut the chain, forced by the Mac's name, and gone on with when
//! it was killed.

use agent::paths::Paths;
use macsim::front::calls::CallEvent;
use macsim::front::pause::{Orphaned, PausePoint, When};
use macsim::model::clock::UnixMillis;
use macsim::report::TrueToken;
use macsim::rules::change_password::change_password;
use macsim::rules::refusal::Circumstances;
use macsim::rules::revoke::expel;
use macsim::scenario::Situation;
use serde_json::Value;

use crate::support::child::Running;
use crate::support::command::Said;
use crate::support::plugin::{login, site, wait_until_registered};
use crate::support::site::Site;
use crate::support::wait;

const NAME: &str = "_bestow";
const BUNDLE: &str = "Library/Security/SecurityAgentPlugins/bestow.bundle";

/// A Mac with a service account, made at a login of ada, and an agent that runs.
fn served(seed: u64) -> Site {
    let mut site = site(Situation::FileVaultOff, seed, "info");
    site.mac.start_agent();
    wait_until_registered(&site);
    let ada = site.mac.password("ada").to_owned();
    wait::until("the service account to be made", || {
        login(&site, "ada", &ada).with_exit(0);
        holds(&site).then_some(())
    });
    wait::until("the server to know of it", || {
        let seen = at_server(&site);
        (seen["status"] == "valid").then_some(())
    });
    site
}

fn holds(site: &Site) -> bool {
    let accounts = site.mac.truth().accounts;
    let own = accounts.iter().find(|account| account.name == NAME);
    own.is_some_and(|own| own.token == TrueToken::Usable)
}

fn at_server(site: &Site) -> Value {
    let name = site.mac.name.clone();
    site.run(&["service-account", &name, "--json"])
        .with_exit(0)
        .json()
}

fn uninstall(site: &Site, more: &[&str]) -> Said {
    let mut command = site.mac.agent_command();
    command.arg("uninstall").args(more);
    Said::by(&mut command, "")
}

/// Nothing of the agent is left, and people log in as before.
fn is_gone(site: &Site, ada: &str) {
    let mac = site.mac.home.load().unwrap();
    assert!(mac.directory.user(NAME).is_none());
    let labels = site.mac.truth().crypto_users;
    assert!(
        labels.iter().all(|user| user.account.as_deref() != Some(NAME)),
        "{labels:?}"
    );
    let mechanisms = mac.login_right.mechanisms;
    assert!(
        mechanisms.iter().all(|one| !one.starts_with("bestow:")),
        "{mechanisms:?}"
    );
    let root = site.mac.home.root();
    assert!(!root.join(BUNDLE).exists());
    assert!(!Paths::new(&root, None).state().exists());
    login(site, "ada", ada).with_exit(0);

    // Apple's tool takes an account off the disk as well; `dscl` would not.
    let calls = site.mac.home.calls().unwrap();
    let deletes = calls.iter().filter_map(|event| match event {
        CallEvent::Started { tool, argv, .. } if argv.iter().any(|arg| arg.starts_with("-delete")) => {
            Some(tool.as_str())
        }
        _ => None,
    });
    assert!(
        deletes.clone().all(|tool| tool == "sysadminctl"),
        "{:?}",
        deletes.collect::<Vec<_>>()
    );

    let deeds = at_server(site)["deeds"].clone();
    let left = deeds
        .as_array()
        .unwrap()
        .iter()
        .filter(|deed| deed["kind"] == "uninstall");
    let codes: Vec<&Value> = left.map(|deed| &deed["code"]).collect();
    assert_eq!(codes, ["agent_uninstalled"], "{deeds}");
}

#[test]
fn where_others_hold_it_takes_everything_away() {
    let mut site = served(821);
    uninstall(&site, &[])
        .with_exit(1)
        .says(&["the agent runs; stop it first"]);
    site.mac.stop_agent();
    uninstall(&site, &["--plan-only"])
        .with_exit(0)
        .says(&["The service account is deleted", "ada"]);
    assert!(holds(&site), "a plan changes nothing");
    uninstall(&site, &[])
        .with_exit(0)
        .says(&["The service account is gone", "The server knows"]);
    is_gone(&site, site.mac.password("ada"));
    uninstall(&site, &[])
        .with_exit(0)
        .says(&["There is no agent to uninstall"]);
}

#[test]
fn where_nobody_else_is_proved_to_hold_it_takes_the_macs_name() {
    let mut site = served(822);
    site.mac.stop_agent();
    let (name, ada) = (site.mac.name.clone(), site.mac.password("ada").to_owned());
    // With another password ada's token is not proved any more.
    let at = Circumstances {
        now: UnixMillis(1_780_000_000_000),
    };
    let changed = site
        .mac
        .home
        .change(|mac| change_password(mac, "ada", &ada, "another Passphrase 1", at));
    changed.unwrap().unwrap();
    for (more, says) in [
        (vec![], "no other account is proved to hold a Secure Token"),
        (vec!["--confirm-device-name", "another"], "this Mac is called"),
    ] {
        uninstall(&site, &more)
            .with_exit(1)
            .says(&[says, "Nothing was changed"]);
        is_untouched(&site);
    }
    uninstall(&site, &["--confirm-device-name", &name])
        .with_exit(0)
        .says(&["accepted by typing the Mac's name", "The service account is gone"]);
    is_gone(&site, "another Passphrase 1");
}

#[test]
fn the_last_holder_stays_and_its_agent_with_it() {
    let mut site = served(827);
    site.mac.stop_agent();
    site.mac.home.change(|mac| expel(mac, "ada")).unwrap();
    let name = site.mac.name.clone();
    uninstall(&site, &[])
        .with_exit(1)
        .says(&["[last_holder]", "Nothing was changed"]);
    is_untouched(&site);
    // macOS itself keeps it, whatever anybody accepts.
    uninstall(&site, &["--confirm-device-name", &name])
        .with_exit(1)
        .says(&["[service_account_not_removed]", "The agent stays as it was"]);
    is_untouched(&site);
    site.mac.start_agent();
    site.run(&["service-account", &name, "rotate"]).with_exit(0);
    assert!(holds(&site));
}

/// The service account holds its token, and the plug-in is registered.
fn is_untouched(site: &Site) {
    assert!(holds(site));
    let mechanisms = site.mac.home.load().unwrap().login_right.mechanisms;
    assert!(mechanisms.iter().any(|one| one.starts_with("bestow:")));
    assert!(Paths::new(&site.mac.home.root(), None).enrolment().exists());
}

#[test]
fn killed_anywhere_it_goes_on_and_no_agent_runs_in_between() {
    let points = [
        ("sysadminctl", "-deleteUser", When::BeforeEffect),
        ("sysadminctl", "-deleteUser", When::AfterEffect),
        ("security", "authorizationdb", When::BeforeEffect),
        ("security", "authorizationdb", When::AfterEffect),
    ];
    for (seed, (tool, arg, when)) in (823..).zip(points) {
        let mut site = served(seed);
        site.mac.stop_agent();
        let point = PausePoint {
            tool: tool.to_owned(),
            arg: Some(arg.to_owned()),
            when,
            orphaned: Orphaned::Ends,
        };
        let mut command = site.mac.agent_command();
        command.arg("uninstall");
        let log = site.mac.log();
        let running = site.mac.hold(&point, || Running::start(&mut command, &log));
        running.kill();
        site.mac.release();
        wait::until("the tool to end", || (!site.mac.is_busy()).then_some(()));

        let mut run = site.mac.agent_command();
        run.args(["run", "--exit-with-stdin"]);
        let ended = Running::start(&mut run, &log).wait();
        let said = std::fs::read_to_string(&log).unwrap();
        assert!(
            !ended.success() && said.contains("the agent is being uninstalled"),
            "{said}"
        );
        uninstall(&site, &[])
            .with_exit(0)
            .says(&["An uninstall that has begun goes on"]);
        is_gone(&site, site.mac.password("ada"));
    }
}
