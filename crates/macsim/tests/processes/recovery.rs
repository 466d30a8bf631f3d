//! `macsim recovery`: somebody in front of a Mac that lies in a directory.

use std::fs;

use macsim::model::clock::UnixMillis;
use macsim::rules::filevault::{RecoveryKeyChoice, enable};
use macsim::rules::institutional_key;
use macsim::rules::refusal::{Circumstances, Credentials};
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

/// From the running Mac to a disk that is not encrypted any more.
const BY_ANOTHER_MAC: &str = "Shut this Mac down, connect it to the other one, and turn it on with T held down.
On the other Mac, connect the external drive and open the Terminal.
Open the keychain with the private key: `security unlock-keychain /Volumes/DRIVE/FileVaultMaster.keychain`.
Find the encrypted volume of this Mac: `diskutil apfs list`. It has the role `Data`, its FileVault is `Yes (Locked)`.
Turn FileVault off on it: `diskutil apfs decryptVolume /dev/diskXsY -recoverykeychain /Volumes/DRIVE/FileVaultMaster.keychain`.
Eject the disk when that has ended, and restart this Mac.
";

#[test]
fn a_drive_with_the_private_half_of_a_key_is_brought_along() {
    let mac = TestMac::new(Situation::Intel1015);
    let password = mac.password("ada").to_owned();
    mac.home
        .change(|mac| {
            let ada = Credentials {
                name: "ada",
                password: &password,
            };
            let at = Circumstances {
                now: UnixMillis(1_790_000_000_000),
            };
            if !mac.filevault.is_on() {
                enable(mac, ada, RecoveryKeyChoice::Keep, at).unwrap();
            }
            institutional_key::install(mac, ada, "the private half").unwrap();
        })
        .unwrap();
    let dir = mac.home.dir().to_str().unwrap();
    let steps = mac.home.dir().with_file_name("steps");
    fs::write(&steps, BY_ANOTHER_MAC).unwrap();
    let args = [
        "recovery",
        dir,
        "--drive",
        "RESCUE",
        "--follow",
        steps.to_str().unwrap(),
    ];
    let wrong = macsim(&args, "opens it\nof another organisation\n\n\n");
    assert!(
        String::from_utf8_lossy(&wrong.stdout).contains("stuck at step 5"),
        "{}",
        stderr(&wrong)
    );
    let done = macsim(&args, "opens it\nthe private half\n\n\n");
    assert!(done.status.success(), "{}", stderr(&done));
    assert!(!mac.home.load().unwrap().filevault.is_on());
}
