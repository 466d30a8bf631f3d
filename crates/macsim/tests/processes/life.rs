//! What happens to a Mac besides tools: logins, restarts, management.

use std::process::{Output, Stdio};

use macsim::scenario::Situation;

use super::support::{PROGRAM, TestMac, command, finish, stderr};

pub fn macsim(args: &[&str], stdin: &str) -> Output {
    let mut command = command(PROGRAM);
    command
        .args(args)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped());
    finish(command.spawn().unwrap(), stdin)
}

#[test]
fn a_login_at_the_screen_uses_the_bootstrap_token() {
    let mac = TestMac::new(Situation::Healthy);
    let dir = mac.home.dir().to_str().unwrap();
    let wrong = macsim(&["login", dir, "ben", "--password-stdin"], "wrong\n");
    assert!(!wrong.status.success() && stderr(&wrong).contains("the login was refused"));
    let password = format!("{}\n", mac.password("ben"));
    assert!(
        macsim(&["ssh", dir, "ben", "--password-stdin"], &password)
            .status
            .success()
    );
    assert!(!mac.is_holder("ben"));
    assert!(
        macsim(&["login", dir, "ben", "--password-stdin"], &password)
            .status
            .success()
    );
    assert!(mac.is_holder("ben"));
    assert_eq!(mac.home.load().unwrap().preboot.len(), 1);
    assert!(macsim(&["reboot", dir], "").status.success());
    let state = mac.home.load().unwrap();
    assert_eq!((state.preboot.len(), state.session.console_user), (2, None));
}

#[test]
fn management_desynchronises_a_holder_by_a_hash() {
    let mac = TestMac::new(Situation::FileVaultOff);
    let dir = mac.home.dir().to_str().unwrap();
    assert!(macsim(&["mdm", dir, "enroll"], "").status.success());
    let ada = format!("{}\n", mac.password("ada"));
    assert!(
        macsim(
            &["mdm", dir, "escrow-bootstrap-token", "ada", "--password-stdin"],
            &ada
        )
        .status
        .success()
    );
    let state = mac.home.load().unwrap();
    assert!(state.can_use_bootstrap_token());
    assert!(
        macsim(
            &["mdm", dir, "inject-hash", "ada", "--password-stdin"],
            "injected\n"
        )
        .status
        .success()
    );
    let state = mac.home.load().unwrap();
    let user = state.directory.user("ada").unwrap();
    assert!(user.accepts("injected") && state.volume.unlock(user.guid(), "injected").is_none());
    assert!(
        macsim(
            &["mdm", dir, "auto-admin", "ladmin", "--password-stdin"],
            "managed\n"
        )
        .status
        .success()
    );
    assert!(
        macsim(
            &["mdm", dir, "set-auto-admin-password", "--password-stdin"],
            "managed 2\n"
        )
        .status
        .success()
    );
    let state = mac.home.load().unwrap();
    assert!(state.directory.user("ladmin").unwrap().accepts("managed 2"));
    assert!(macsim(&["mdm", dir, "unenroll"], "").status.success());
    assert!(!mac.home.load().unwrap().mdm.enrolled);
}
