//! The process runner with pipes, against shell scripts.

mod support;

use std::io::Read as _;
use std::sync::mpsc::channel;
use std::time::Duration;

use mac::{Arg, Call, Exit, Feed, ProcessRunner, RunError, Runner as _, Tool};
use secrecy::SecretString;
use support::{FakeMac, command};

/// Far more than anything here takes; only a failing test waits for it.
const BOUND: Duration = Duration::from_secs(30);

fn call() -> Call {
    Call::new(Tool::Sysadminctl, [])
}

#[test]
fn both_streams_and_the_exit_code_come_back() {
    let mac = FakeMac::with(Tool::Sysadminctl, "echo out; echo err >&2; exit 7");
    let answer = mac.runner().run(&call()).expect("an answer");
    assert_eq!((&*answer.stdout, &*answer.stderr), (&b"out\n"[..], &b"err\n"[..]));
    assert_eq!((answer.exit, answer.terminal), (Exit::Code(7), None));
}

#[test]
fn a_signal_is_no_exit_code() {
    let mac = FakeMac::with(Tool::Sysadminctl, "kill -KILL $$");
    assert_eq!(
        mac.runner().run(&call()).expect("an answer").exit,
        Exit::Signal(9)
    );
}

#[test]
fn a_missing_tool_is_said_to_be_missing() {
    let mac = FakeMac::with(Tool::Sysadminctl, "");
    let missing = mac.runner().run(&Call::new(Tool::Dscl, []));
    assert!(matches!(missing, Err(RunError::NotFound { path }) if path.ends_with("usr/bin/dscl")));
}

#[test]
fn secrets_arrive_in_order_and_the_input_ends_after_them() {
    let mac = FakeMac::with(Tool::Sysadminctl, "cat > $NOTES/input");
    let feed = Feed::lines(["granter's", "target 🔑"].map(SecretString::from)).expect("two lines");
    mac.runner().run(&call().feed(feed)).expect("an answer");
    assert_eq!(mac.read_note("input"), "granter's\ntarget 🔑\n");
}

/// In a session of its own it has no terminal, so that it asks no person at ours.
#[cfg(target_os = "linux")]
#[test]
fn a_tool_with_pipes_leads_a_session_of_its_own() {
    // A process's number, its group's and its session's are the first, the fifth and the sixth word.
    let mac = FakeMac::with(Tool::Sysadminctl, "cut -d' ' -f1,5,6 /proc/$$/stat");
    let said = mac.runner().run(&call()).expect("an answer");
    let text = String::from_utf8_lossy(&said.stdout).into_owned();
    let words: Vec<&str> = text.split_whitespace().collect();
    assert_eq!(words.len(), 3, "{text:?}");
    assert!(words.iter().all(|word| *word == words[0]), "{text:?}");
}

#[test]
fn without_a_feed_the_input_is_empty() {
    let mac = FakeMac::with(Tool::Sysadminctl, "cat; echo end");
    assert_eq!(&*mac.runner().run(&call()).expect("an answer").stdout, b"end\n");
}

#[test]
fn a_tool_that_reads_nothing_does_no_harm() {
    let mac = FakeMac::with(Tool::Sysadminctl, "exec <&-; echo end");
    let feed = Feed::lines([SecretString::from("x".repeat(1 << 20))]).expect("a line");
    assert_eq!(
        &*mac.runner().run(&call().feed(feed)).expect("an answer").stdout,
        b"end\n"
    );
}

#[cfg(target_os = "linux")]
#[test]
fn a_secret_is_neither_in_the_arguments_nor_in_the_environment() {
    let script = "cat > $NOTES/input; tr '\\0' '\\n' < /proc/$$/cmdline > $NOTES/arguments
                  tr '\\0' '\\n' < /proc/$$/environ > $NOTES/environment";
    let mac = FakeMac::with(Tool::Sysadminctl, script);
    let feed = Feed::lines([SecretString::from("orchid-7")]).expect("a line");
    let args = [
        Arg::from("-password"),
        Arg::from("-"),
        Arg::value("a b;$(c)").expect("a value"),
    ];
    mac.runner()
        .run(&Call::new(Tool::Sysadminctl, args).feed(feed))
        .expect("an answer");
    assert!(mac.read_note("arguments").ends_with("\n-password\n-\na b;$(c)\n"));
    let environment = mac.read_note("environment");
    let mut names: Vec<_> = environment
        .lines()
        .filter_map(|line| line.split('=').next())
        .collect();
    names.sort_unstable();
    assert_eq!(names, ["LANG", "LC_ALL", "NOTES", "PATH", "TERM"]);
    assert!(mac.read_note("input").contains("orchid-7") && !environment.contains("orchid-7"));
}

#[test]
fn a_secret_that_the_tool_repeats_does_not_come_back() {
    let mac = FakeMac::with(
        Tool::Sysadminctl,
        "read -r secret; echo \"got $secret\"; echo \"$secret\" >&2",
    );
    let feed = Feed::lines([SecretString::from("orchid-7")]).expect("a line");
    let answer = mac.runner().run(&call().feed(feed)).expect("an answer");
    assert_eq!(answer.everything_said().as_str(), "<secret>\ngot <secret>\n");
}

#[test]
fn too_much_output_stops_the_tool() {
    let mac = FakeMac::with(Tool::Sysadminctl, "while :; do echo 0123456789; done");
    let loud = mac.runner().run(&call().output_limit(1000).timeout(BOUND));
    assert!(matches!(loud, Err(RunError::TooMuchOutput { limit: 1000 })));
}

#[test]
fn exactly_the_limit_is_not_too_much() {
    let mac = FakeMac::with(Tool::Sysadminctl, "printf 12345; printf 67890 >&2");
    let answer = mac.runner().run(&call().output_limit(10)).expect("an answer");
    assert_eq!(answer.stdout.len() + answer.stderr.len(), 10);
}

/// A child of the tool that ignores the polite signal, holds the tool's output, and holds a named pipe open for as
/// long as it lives.
const STUBBORN_CHILD: &str = "trap '' TERM
    sh -c 'exec 3> $NOTES/alive; echo started > $NOTES/started; exec sleep 1000' &";

/// Runs a script with a stubborn child, and answers with what the runner says once that child is gone.
fn run_with_stubborn_child(rest: &str, call: &Call) -> Result<mac::Answer, RunError> {
    let mac = FakeMac::with(Tool::Sysadminctl, &format!("{STUBBORN_CHILD}\n{rest}"));
    let alive = mac.note("alive");
    assert!(
        command("mkfifo")
            .arg(&alive)
            .status()
            .expect("mkfifo runs")
            .success()
    );
    let (send, gone) = channel();
    // The pipe ends when the last process that holds it is gone.
    std::thread::spawn(move || {
        let mut pipe = std::fs::File::open(alive).expect("the pipe opens");
        let _ = send.send(pipe.read_to_end(&mut Vec::new()).expect("the pipe ends"));
    });
    let result = mac.runner().grace(Duration::from_millis(100)).run(call);
    gone.recv_timeout(BOUND).expect("the child of the tool is gone");
    result
}

#[test]
fn a_timeout_ends_the_tool_and_all_that_it_started() {
    let result = run_with_stubborn_child("echo waiting; wait", &call().timeout(Duration::from_secs(3)));
    assert!(
        matches!(&result, Err(RunError::TimedOut { so_far, .. }) if &*so_far.stdout == b"waiting\n"),
        "{result:?}"
    );
}

#[test]
fn too_much_output_ends_all_that_the_tool_started() {
    let flood = "while [ ! -e $NOTES/started ]; do :; done; while :; do echo 0123456789; done";
    let result = run_with_stubborn_child(flood, &call().output_limit(1000).timeout(BOUND));
    assert!(matches!(result, Err(RunError::TooMuchOutput { .. })));
}

#[test]
fn a_child_that_outlives_the_tool_and_holds_its_output_does_not_hang_us() {
    let end = "while [ ! -e $NOTES/started ]; do :; done; echo done; exit 3";
    let answer = run_with_stubborn_child(end, &call().timeout(BOUND)).expect("an answer");
    assert_eq!((answer.exit, &*answer.stdout), (Exit::Code(3), &b"done\n"[..]));
}

#[cfg(target_os = "linux")]
#[test]
fn a_process_outside_the_group_that_holds_the_output_does_not_hang_us() {
    let script = "setsid sh -c 'echo $$ > $NOTES/pid; echo > $NOTES/started; exec sleep 1000' &
                  while [ ! -s $NOTES/started ]; do :; done; echo done";
    let mac = FakeMac::with(Tool::Sysadminctl, script);
    let answer = mac.runner().run(&call().timeout(BOUND)).expect("an answer");
    assert_eq!(&*answer.stdout, b"done\n");
    assert!(
        command("kill")
            .arg(mac.read_note("pid").trim())
            .status()
            .expect("kill runs")
            .success(),
        "it lives on"
    );
}

#[test]
fn a_tool_that_never_pauses_runs_out_of_time_all_the_same() {
    let mac = FakeMac::with(Tool::Sysadminctl, "trap '' TERM; while :; do echo x; done");
    let call = call()
        .output_limit(usize::MAX)
        .timeout(Duration::from_millis(200));
    let result = mac.runner().grace(Duration::from_millis(50)).run(&call);
    assert!(matches!(result, Err(RunError::TimedOut { .. })));
}

#[test]
fn a_polite_tool_may_end_by_itself() {
    let script = "trap 'echo bye > $NOTES/bye; exit 0' TERM; echo ready; while :; do sleep 1000 & wait; done";
    let mac = FakeMac::with(Tool::Sysadminctl, script);
    let result = mac
        .runner()
        .grace(BOUND)
        .run(&call().timeout(Duration::from_secs(3)));
    assert!(matches!(result, Err(RunError::TimedOut { so_far, .. }) if so_far.exit == Exit::Code(0)));
    assert_eq!(mac.read_note("bye"), "bye\n");
}

#[test]
fn a_variable_is_passed_only_by_name() {
    let mac = FakeMac::with(Tool::Sysadminctl, "env");
    let runner = ProcessRunner::new(mac.root());
    let seen = |runner: &ProcessRunner, name: &str| {
        let answer = runner.run(&call()).expect("an answer");
        answer
            .stdout
            .text()
            .lines()
            .any(|line| line.starts_with(&format!("{name}=")))
    };
    let ours = ["HOME", "CARGO_MANIFEST_DIR", "USER"]
        .into_iter()
        .find(|name| std::env::var_os(name).is_some());
    let ours = ours.expect("a variable of our own");
    assert!(!seen(&runner, ours), "{ours} is passed unasked");
    assert!(seen(&runner.clone().pass_env(ours), ours), "{ours} is not passed");
    assert!(!seen(&runner.pass_env("NO_SUCH_VARIABLE"), "NO_SUCH_VARIABLE"));
}
