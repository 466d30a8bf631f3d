use macsim::tools::run;

use super::support::{call, golden, mac, run_call};

const READ: [&str; 3] = ["authorizationdb", "read", "system.login.console"];
const WRITE: [&str; 3] = ["authorizationdb", "write", "system.login.console"];

/// The text without its times: the tool prints more of a number's digits than tell it apart from others.
fn without_times(text: &str) -> String {
    let lines = text.lines().filter(|line| !line.contains("<real>"));
    lines.map(|line| format!("{line}\n")).collect()
}

#[test]
fn a_fresh_system_lets_its_own_mechanisms_decide_about_a_login() {
    let mut ventura = mac("13.6");
    let output = run_call(&mut ventura, "security", &READ);
    assert_eq!(
        without_times(&output.stdout),
        without_times(&golden("security__authorizationdb_login__13plus.plist"))
    );
    assert_eq!((output.stderr.as_str(), output.exit), ("YES (0)\n", 0));
    let times = output.stdout.lines().filter(|line| line.contains("<real>"));
    assert_eq!(times.count(), 2);
}

#[test]
fn what_is_written_is_read() {
    let mut mac = mac("15.2");
    let before = run_call(&mut mac, "security", &READ).stdout;
    let with = before.replace(
        "\t\t<string>loginwindow:success</string>\n",
        "\t\t<string>loginwindow:success</string>\n\t\t<string>x:y,privileged</string>\n",
    );
    let output = run(&mut mac, &call("security", &WRITE).stdin(with.clone()));
    assert_eq!(
        (output.stdout.as_str(), output.stderr.as_str(), output.exit),
        ("", "YES (0)\n", 0)
    );
    let after = run_call(&mut mac, "security", &READ).stdout;
    assert_eq!(without_times(&after), without_times(&with));
}

#[test]
fn what_cannot_be_written_is_refused() {
    let mut mac = mac("15.2");
    let before = run_call(&mut mac, "security", &READ).stdout;
    let no_root = macsim::tools::invocation::Invocation {
        uid: 501,
        ..call("security", &WRITE).stdin(before.clone())
    };
    let output = run(&mut mac, &no_root);
    assert_eq!((output.stderr.as_str(), output.exit), ("NO (-60005)\n", 255));
    let nonsense = run(&mut mac, &call("security", &WRITE).stdin("no plist"));
    assert_eq!((nonsense.stderr.as_str(), nonsense.exit), ("", 255));
    let empty = "<plist><dict><key>class</key><string>user</string></dict></plist>";
    let output = run(&mut mac, &call("security", &WRITE).stdin(empty));
    assert_eq!((output.stderr.as_str(), output.exit), ("NO (-60008)\n", 255));
    assert_eq!(run_call(&mut mac, "security", &READ).stdout, before);
}

#[test]
fn a_right_that_does_not_exist_is_denied() {
    let output = run_call(&mut mac("15.2"), "security", &["authorizationdb", "read", "x.y"]);
    assert_eq!((output.stderr.as_str(), output.exit), ("NO (-60005)\n", 255));
}
