//! Accounts that are made, and what is said to be wrong.

use macsim::report::TrueToken;
use serde_json::json;

use crate::support::command::Said;
use crate::support::site::Site;
use crate::support::wait;

const CREATE: [&str; 9] = [
    "create-user",
    "healthy",
    "--username",
    "dora",
    "--full-name",
    "Dora Núñez",
    "--administrator",
    "ada",
    "--password-stdin",
];

#[test]
fn an_account_is_made_with_its_token_and_not_twice() {
    let site = Site::healthy(801);
    let passwords = format!("{}\ndora's; $PATH %s\n", site.mac.password("ada"));
    let made = Said::by(&mut site.command(&CREATE), &passwords).with_exit(0);
    made.says(&[
        "Create User Account: dora, with a token from ada",
        "Create the account account_created",
        "Grant a Secure Token granted",
        "created_with_token",
    ]);
    let truth = site.mac.truth();
    let dora = truth.accounts.iter().find(|account| account.name == "dora");
    assert_eq!(
        dora.map(|dora| (dora.token, dora.admin)),
        Some((TrueToken::Usable, false))
    );
    let again = Said::by(&mut site.command(&CREATE), &passwords).with_exit(2);
    again.says(&["account_exists", "Nothing was sent to the Mac."]);
    let device = site.run(&["device", "healthy"]).with_exit(0);
    device.says(&[
        "Waits for restart dora",
        "Start-up screen ada, dora",
        "Full Disk Access yes",
        "System Integrity Protection on csrutil status,",
        "Secure Boot Full Security bputil -d,",
        "Personal recovery key yes fdesetup haspersonalrecoverykey,",
        "Bootstrap token supported, and held by the MDM",
    ]);
}

#[test]
fn a_password_that_is_missing_sends_nothing() {
    let site = Site::healthy(802);
    let said = Said::by(&mut site.command(&CREATE), "only one\n").with_exit(2);
    said.says(&["--password-stdin wants 2 lines", "There were 1."]);
    let actions = site.run(&["actions", "--json"]).with_exit(0).json();
    assert_eq!(actions["items"], json!([]));
}

#[test]
fn findings_name_the_trouble_and_the_command_that_ends_it() {
    let site = Site::healthy(803);
    // The agent tells in a message of its own that it does not know the Mac's recovery key.
    wait::until("what the agent knows of the recovery key", || {
        let told = site.run(&["findings", "healthy"]).with_exit(0).out;
        told.contains("recovery_key_never_kept").then_some(())
    });
    let command = r#"bestow grant "healthy" --administrator "ada" --target "ben""#;
    for args in [
        &["findings", "healthy"][..],
        &["findings", "--all"],
        &["device", "healthy"],
    ] {
        let said = site.run(args).with_exit(0);
        let seen = "FileVault is on, and ben has no Secure Token.";
        said.says(&["missing_from_start_up_screen", seen, command]);
    }
    let json = site.run(&["findings", "healthy", "--json"]).with_exit(0).json();
    let all = site.run(&["findings", "--all", "--json"]).with_exit(0).json();
    assert_eq!(all[0]["findings"], json);
    site.run(&["findings"]).with_exit(2);
}
