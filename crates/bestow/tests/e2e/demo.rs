//! `bestow demo`.

use std::fs;
use std::os::unix::fs::PermissionsExt as _;
use std::path::Path;
use std::process::Command;

use nix::sys::signal::Signal;
use serde_json::Value;

use crate::support::child::{Running, command};
use crate::support::command::Said;
use crate::support::http::Raw;
use crate::support::{program, wait};

fn demo(args: &[&str]) -> Command {
    let mut demo = command(program());
    demo.arg("demo").args(args);
    demo
}

/// A demo of two Macs in `folder` that has said that it is ready.
fn running_demo(folder: &Path) -> Running {
    let mut demo = demo(&["--devices", "2", "--data"]);
    demo.arg(folder.join("demo"));
    let mut running = Running::start(&mut demo, &folder.join("demo.log"));
    running.read_until(|line| line.starts_with("Ctrl-C ends").then_some(()));
    running
}

fn demo_file(folder: &Path) -> Value {
    serde_json::from_str(&fs::read_to_string(folder.join("demo/demo.json")).unwrap()).unwrap()
}

/// Whether an agent of the demo still runs: it holds the lock of its Mac.
fn an_agent_runs(file: &Value) -> bool {
    file["devices"].as_array().unwrap().iter().any(|device| {
        let mac = Path::new(device["macsim"].as_str().unwrap());
        let lock = fs::File::open(mac.join("root/Library/Application Support/Bestow/agent.lock"));
        lock.unwrap().try_lock().is_err()
    })
}

#[test]
fn the_check_walks_through_the_main_job() {
    let said = Said::by(&mut demo(&["--check"]), "").with_exit(0);
    let lines: Vec<&str> = said.out.lines().collect();
    let (last, steps) = lines.split_last().unwrap();
    assert!(steps.iter().all(|line| line.starts_with("ok  ")), "{}", said.out);
    assert_eq!(*last, format!("{} steps passed", steps.len()));
    assert!(steps.len() > 100, "{}", said.out);
    for step in [
        "healthy: ada -> ben: ends as granted",
        "healthy: ada -> ben: ends as already_granted",
        "healthy: ada -> ben with a wrong administrator password: ends as administrator_wrong_password",
        "healthy: ada -> ben with a wrong target password: ends as target_wrong_password",
        "no-holder: ada -> ben: is refused as chain_broken, with cause and next step",
        "standard-holder-only: ben -> ada: is refused as administrator_not_admin, with cause and next step",
        "standard-holder-only: ada -> ada: is refused as no_granter, with cause and next step",
        "macos-10-12: ada -> ben: is refused as os_too_old, with cause and next step",
        "offline: the waiting action is called back",
        "filevault-off: %admin% -> %username%: ends as granted",
        "strict-policy: %admin% -> %username%: nothing was sent to the Mac",
        "strict-policy: the link works once",
        "a table with bad lines is refused, each with its line and column",
        "intel-10-15: goes first, and its old password is refused",
        "that stops the run: the others are held, and untouched",
        "each of the 14 Macs has one result, also in the CSV",
        "filevault-off: nothing alarms because it is not there yet",
        "filevault-off: two rules that leave no password for it are named before it is made",
        "filevault-off: the rules are changed, and the next login of ada makes the service account",
        "filevault-off: the disk refuses its password: the next login of ada makes it valid again",
        "filevault-off: at her first login the service account hands her its token by itself",
        "filevault-off: a new password for it, by order: ends as service_account_rotated",
        "filevault-off: Open Directory refuses its password: the next login of ada makes it valid again",
        "filevault-off: both refuse its password: the next login of ada makes it valid again",
        "filevault-off: it has lost its token: the next login of ada makes it valid again",
        "filevault-off: somebody has deleted it: the next login of ada makes it valid again",
        "the audit log has no gap",
    ] {
        assert!(
            steps.contains(&format!("ok  {step}").as_str()),
            "{step:?} is missing"
        );
    }
}

#[test]
fn it_says_what_there_is_and_what_to_try_and_ends_at_an_interrupt() {
    let folder = tempfile::tempdir().unwrap();
    let mut demo = demo(&["--devices", "2", "--data"]);
    demo.arg(folder.path().join("demo"));
    let mut running = Running::start(&mut demo, &folder.path().join("demo.log"));
    let link = running.read_until(|line| line.contains("/sign-in/").then(|| line.trim().to_owned()));
    running.read_until(|line| line.starts_with("no-holder").then_some(()));
    running.read_until(|line| line.starts_with("Try, in another terminal").then_some(()));
    let mut tries = Vec::new();
    loop {
        let line = running.read_until(|line| Some(line.trim().to_owned()));
        if line.is_empty() {
            break;
        }
        assert!(line.len() <= 118, "{line}");
        tries.push(line);
    }
    running.read_until(|line| line.starts_with("Ctrl-C ends").then_some(()));

    let path = folder.path().join("demo/demo.json");
    assert_eq!(fs::metadata(&path).unwrap().permissions().mode() & 0o777, 0o600);
    let file = demo_file(folder.path());
    assert_eq!(file["sign_in_link"], link.as_str());
    assert_eq!(file["devices"].as_array().unwrap().len(), 2);
    let device = &file["devices"][0];
    assert_eq!(
        (&device["name"], &device["situation"]),
        (&"healthy".into(), &"healthy".into())
    );
    assert_eq!(device["accounts"][0]["role"], "administrator");

    // The link signs in, once.
    let (address, path) = link
        .trim_start_matches("http://")
        .split_at(link.find("/sign-in").unwrap() - 7);
    let session = Raw::ask(address, "GET", path, &[], "").cookie().unwrap();
    let console = Raw::ask(address, "GET", "/", &[session], "");
    assert!(
        console.status() == 200 && console.text().contains("no-holder"),
        "{}",
        console.text()
    );
    assert_eq!(Raw::ask(address, "GET", path, &[], "").cookie(), None);

    // The commands that it offers work as they stand.
    let mut shell = command(Path::new("bash"));
    shell
        .args(["--norc", "-c", &tries.join("\n")])
        .env("BESTOW_KNOWN_DEVICES", folder.path().join("known-devices"));
    Said::by(&mut shell, "").says(&[
        "Succeeded: The account holds a Secure Token",
        "Refused: Nobody on this Mac holds a Secure Token",
        "Nadia Osei",
        "Done already",
    ]);
    let mut named_first = command(program());
    named_first
        .arg("--demo")
        .arg(folder.path().join("demo"))
        .args([
            "grant",
            "healthy",
            "--administrator",
            "ada",
            "--target",
            "ben",
            "--demo-passwords",
        ])
        .env("BESTOW_SERVER", "http://127.0.0.1:1");
    Said::by(&mut named_first, "")
        .with_exit(0)
        .says(&["already_granted"]);
    let mut shown = command(&folder.path().join("demo/bin/macsim"));
    shown.arg("show").arg(folder.path().join("demo/macs/healthy"));
    Said::by(&mut shown, "").with_exit(0).says(&["ben", "Usable"]);

    // Nothing of it can be read by others.
    for file in [
        "bestow.db",
        "server.log",
        "macs/healthy/agent.log",
        "macs/healthy/mac.json",
    ] {
        let file = folder.path().join("demo").join(file);
        let mode = fs::metadata(&file).unwrap().permissions().mode();
        assert_eq!(mode & 0o077, 0, "{}", file.display());
    }

    assert!(an_agent_runs(&file));
    running.signal(Signal::SIGINT);
    assert!(running.wait().success());
    assert!(!an_agent_runs(&file));
}

#[test]
fn no_agent_outlives_a_demo_that_was_killed() {
    let folder = tempfile::tempdir().unwrap();
    let running = running_demo(folder.path());
    let file = demo_file(folder.path());
    assert!(an_agent_runs(&file));
    running.kill();
    wait::until("the agents to end", || (!an_agent_runs(&file)).then_some(()));
}

#[test]
fn a_demo_goes_on_where_it_stopped() {
    let folder = tempfile::tempdir().unwrap();
    let running = running_demo(folder.path());
    let before = demo_file(folder.path());
    let another = Said::by(demo(&["--data"]).arg(folder.path().join("demo")), "").with_exit(2);
    another.says(&["Another demo runs in"]);
    running.kill();

    let mut again = demo(&["--data"]);
    again.arg(folder.path().join("demo"));
    let mut running = Running::start(&mut again, &folder.path().join("demo.log"));
    running.read_until(|line| line.starts_with("Ctrl-C ends").then_some(()));
    let after = demo_file(folder.path());
    assert_eq!(before["devices"], after["devices"]);
    assert_eq!(before["url"], after["url"]);
    running.signal(Signal::SIGTERM);
    assert!(running.wait().success());
}

#[test]
fn it_takes_no_folder_that_is_somebodys() {
    let folder = tempfile::tempdir().unwrap();
    let home = folder.path().join("home");
    fs::create_dir(&home).unwrap();
    fs::set_permissions(&home, fs::Permissions::from_mode(0o755)).unwrap();
    fs::write(home.join("letter"), "dear Ada").unwrap();
    let refused = |data: &Path| Said::by(demo(&["--check", "--data"]).arg(data), "").with_exit(2);
    refused(&home).says(&[
        "holds other things",
        "Nothing was changed",
        "Name an empty folder",
    ]);
    let left: Vec<_> = fs::read_dir(&home).unwrap().collect();
    let mode = fs::metadata(&home).unwrap().permissions().mode() & 0o777;
    assert_eq!((left.len(), mode), (1, 0o755));
    refused(&home.join("letter")).says(&["is no folder", "Name an empty folder"]);

    // One that was ended before it was ready is a demo's own, and says so.
    let half = folder.path().join("half");
    fs::create_dir(&half).unwrap();
    for file in ["bestow-demo.lock", "bestow.db"] {
        fs::write(half.join(file), "").unwrap();
    }
    refused(&half).says(&["was ended before it was ready", "Remove the folder"]);
}

#[test]
fn it_is_for_this_computer_alone() {
    for address in ["0.0.0.0:0", "192.0.2.1:8420", "[::]:0"] {
        Said::by(&mut demo(&["--listen", address]), "")
            .with_exit(2)
            .says(&["can be reached from other computers"]);
    }
    Said::by(&mut demo(&["--listen", "9000"]), "")
        .with_exit(2)
        .says(&["--listen", "such as 127.0.0.1:9000"]);
}
