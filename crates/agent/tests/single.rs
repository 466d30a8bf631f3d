//! One agent at a time, and none while a tool of an earlier one still runs.

use std::process::{Command, Stdio};
use std::time::Duration;

use agent::single::{NotSingle, SingleAgent};

const NO_PATIENCE: Duration = Duration::from_millis(50);
const PATIENCE: Duration = Duration::from_secs(60);

#[test]
fn a_second_agent_is_turned_away() {
    let folder = tempfile::tempdir().unwrap();
    let lock = folder.path().join("agent.lock");
    let first = SingleAgent::acquire(&lock, NO_PATIENCE).unwrap();
    assert!(matches!(
        SingleAgent::acquire(&lock, NO_PATIENCE),
        Err(NotSingle::StillRunning)
    ));
    drop(first);
    SingleAgent::acquire(&lock, PATIENCE).unwrap();
}

#[test]
#[expect(
    clippy::disallowed_methods,
    reason = "stands for a tool that a killed agent left running"
)]
fn a_tool_that_was_left_running_is_waited_for() {
    let folder = tempfile::tempdir().unwrap();
    let lock = folder.path().join("agent.lock");
    let killed = SingleAgent::acquire(&lock, NO_PATIENCE).unwrap();
    let mut tool = Command::new("cat")
        .stdin(Stdio::piped())
        .stdout(Stdio::null())
        .spawn()
        .unwrap();
    drop(killed);
    assert!(matches!(
        SingleAgent::acquire(&lock, NO_PATIENCE),
        Err(NotSingle::StillRunning)
    ));
    drop(tool.stdin.take());
    SingleAgent::acquire(&lock, PATIENCE).unwrap();
    tool.wait().unwrap();
}
