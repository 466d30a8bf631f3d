//! `macsim recovery`: somebody in front of a Mac that lies in a directory.

use std::fs;

use macsim::scenario::Situation;

use super::life::macsim;
use super::support::{TestMac, stderr};

/// From the running Mac to a new password for each account.
const STEPS: &str = "Shut the Mac down.
Press and hold the power button until “Loading startup options” appears, then let go.
Click “Options”, then “Continue”.
If you see “Forgot all passwords?”, click it.
Enter the recovery key and press Return. If the Mac refuses it twice, stop here.
In the menu bar choose “Utilities”, then “Terminal”.
Type `resetFileVaultpassword` and press Return.
For each, click “Set Password” and enter a new password, twice.
Click “Next”, then “Restart”.
Log in as ada with the new password.
";

#[test]
fn what_a_page_says_is_done() {
    let mac = TestMac::new(Situation::NoHolder);
    let dir = mac.home.dir().to_str().unwrap();
    let steps = mac.home.dir().with_file_name("steps");
    fs::write(&steps, STEPS).unwrap();
    let args = ["recovery", dir, "--follow", steps.to_str().unwrap()];
    let wrong = macsim(&args, "AAAA-BBBB-CCCC-DDDD-EEEE-FFFF\nnew-Passw0rd\n");
    assert!(!wrong.status.success());
    assert!(String::from_utf8_lossy(&wrong.stdout).contains("stopped at step 5"));
    let key = mac.made.recovery_key.clone().unwrap();
    let done = macsim(&args, &format!("{key}\nnew-Passw0rd\n"));
    assert!(done.status.success(), "{}", stderr(&done));
    assert!(mac.is_holder("ada") && mac.is_holder("ben"));
    let state = mac.home.load().unwrap();
    assert_eq!(state.session.console_user.as_deref(), Some("ada"));
}

#[test]
fn by_hand_each_screen_is_shown() {
    let mac = TestMac::new(Situation::NoHolder);
    let dir = mac.home.dir().to_str().unwrap();
    let key = mac.made.recovery_key.clone().unwrap();
    let acts = format!(
        "shut down\nhold power\nclick Options\nclick Continue\nclick Forgot all passwords?\nenter Recovery key\n{key}\n\
         return\nclick Utilities\nclick Terminal\ntype resetpassword\n"
    );
    let shown = macsim(&["recovery", dir], &acts);
    assert!(shown.status.success(), "{}", stderr(&shown));
    let shown = String::from_utf8(shown.stdout).unwrap();
    for text in [
        "== Loading startup options ==",
        "(Forgot all passwords?)",
        "[Recovery key: ____]",
        "-bash-3.2#",
        "ada (Set Password)",
    ] {
        assert!(shown.contains(text), "{text} is missing in {shown}");
    }
    assert!(!shown.contains(&key));
    let nowhere = macsim(&["recovery", dir], "click Options\n");
    assert!(stderr(&nowhere).contains("there is no “Options” to click"));
    let afar = macsim(&["recovery", dir, "--screen-sharing"], "shut down\nhold power\n");
    assert!(stderr(&afar).contains("screen sharing does not reach the Mac"));
}
