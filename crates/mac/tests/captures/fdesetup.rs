use mac::fdesetup::{
    Conversion, Deferral, FdesetupExit, FileVaultState, FileVaultStatus, KeyChange, KeyCheck, UserChange,
    parse_list, parse_status,
};
use mac::{Answer, Exit, Prompt, Terminal};
use secrecy::ExposeSecret as _;

use crate::{golden, on_stderr, on_stdout};

#[test]
fn every_status() {
    let status = |state, conversion, deferred_for: Option<&str>| FileVaultStatus {
        state,
        conversion,
        deferred_for: deferred_for.map(str::to_owned),
        master_keychain: false,
    };
    let cases = [
        (
            "fdesetup__status_on__26.5.2.txt",
            status(FileVaultState::On, None, None),
        ),
        (
            "fdesetup__status_off__any.txt",
            status(FileVaultState::Off, None, None),
        ),
        (
            "fdesetup__status_deferred__any.txt",
            status(FileVaultState::Off, None, Some("alex")),
        ),
        (
            "fdesetup__status_encrypting__any.txt",
            status(FileVaultState::On, Some(Conversion::Encrypting(42)), None),
        ),
        (
            "fdesetup__status_decrypting__any.txt",
            status(FileVaultState::On, Some(Conversion::Decrypting(10)), None),
        ),
        (
            "fdesetup__status_pending_restart__10.12.txt",
            status(FileVaultState::OnAfterRestart, None, None),
        ),
    ];
    for (name, expected) in cases {
        assert_eq!(parse_status(&golden(name)), Some(expected), "{name}");
    }
}

#[test]
fn lists_of_users() {
    let names = |name| -> Vec<(String, String)> {
        let users = parse_list(&golden(name)).expect("a list").into_iter();
        users
            .map(|user| (user.account.expect("an account"), user.guid))
            .collect()
    };
    let pair = |account: &str, guid: &str| (account.to_owned(), guid.to_owned());
    let one = pair("mliebreich", "9DB1DCA0-9B6A-464F-94A3-32853C5E2987");
    assert_eq!(names("fdesetup__list_one__any.txt"), [one]);
    let two = [
        pair("jsmith", "911D2742-7983-436D-9FA3-3F6B7421684B"),
        pair("tstark", "5B0EBEE6-0917-47B2-BFF3-78A9DE437D65"),
    ];
    assert_eq!(names("fdesetup__list_two__any.txt"), two);
}

/// A runner that gives one answer to everything.
struct Always(Answer);

impl mac::Runner for Always {
    fn run(&self, _: &mac::Call) -> Result<Answer, mac::RunError> {
        Ok(self.0.clone())
    }
}

#[test]
fn words_of_truth() {
    let active = mac::fdesetup::is_active(&Always(on_stdout(0, "fdesetup__isactive_true.txt")));
    assert_eq!(active.expect("an answer"), mac::fdesetup::Activity::On);
    let institutional = Always(on_stdout(0, "fdesetup__hasinstitutionalrecoverykey_false.txt"));
    assert!(!mac::fdesetup::has_institutional_recovery_key(&institutional).expect("an answer"));
}

#[test]
fn a_new_recovery_key() {
    let change = KeyChange::from(&on_stdout(0, "fdesetup__changerecovery_new_prk__pre26.txt"));
    assert!(
        matches!(change, KeyChange::NewKey(key) if key.expose_secret() == "77CW-QBNT-BXW6-7ZUR-5XJR-NF8A")
    );
    let enabled = KeyChange::from(&on_stdout(0, "fdesetup__enable_interactive_prk__15.txt"));
    assert!(
        matches!(enabled, KeyChange::NewKey(key) if key.expose_secret() == "YBC9-AQEF-WPME-WWRW-VHXO-WB3Y")
    );
    let silent = KeyChange::from(&on_stdout(0, "fdesetup__enable_interactive_no_prk__26.txt"));
    assert!(matches!(silent, KeyChange::DoneWithoutKey));
}

#[test]
fn wrong_credentials() {
    let change = KeyChange::from(&on_stderr(
        11,
        "fdesetup__changerecovery_bad_credentials__any.txt",
    ));
    assert!(matches!(change, KeyChange::WrongCredential));
    let odd_exit = KeyChange::from(&on_stderr(
        136,
        "fdesetup__changerecovery_bad_credentials__any.txt",
    ));
    assert!(matches!(odd_exit, KeyChange::WrongCredential));
    let added = UserChange::from(&on_stderr(11, "fdesetup__user_auth_failed.txt"));
    assert_eq!(added, UserChange::WrongCredential);
}

#[test]
fn checks_of_a_recovery_key() {
    assert_eq!(
        KeyCheck::from(&on_stdout(1, "fdesetup__validaterecovery_false.txt")),
        KeyCheck::Wrong
    );
    assert_eq!(
        KeyCheck::from(&on_stderr(1, "fdesetup__validaterecovery_badformat.txt")),
        KeyCheck::BadShape
    );
    assert_eq!(
        KeyCheck::from(&Answer::new(Exit::Code(0), "true\n", "")),
        KeyCheck::Right
    );
    let contradiction = KeyCheck::from(&Answer::new(Exit::Code(11), "true\n", ""));
    assert!(matches!(
        contradiction,
        KeyCheck::Unknown {
            reason: FdesetupExit::AuthenticationFailed,
            ..
        }
    ));
}

#[test]
fn deferrals() {
    let deferral = Deferral::parse(&golden("fdesetup__showdeferralinfo_active__10.15.6.txt"));
    let expected = Deferral {
        accounts: Vec::new(),
        output_path: Some("/var/db/ConfigurationProfiles/fdesetup.plist".to_owned()),
        profile_uuid: Some("418DEB1B-XXXX-XXXX-XXXX-60BC894B1558".to_owned()),
        shows_recovery_key: Some(true),
    };
    assert_eq!(deferral, Some(expected));
    let none = mac::fdesetup::deferral(&Always(on_stdout(20, "fdesetup__showdeferralinfo_none.txt")));
    assert_eq!(none.expect("an answer"), None);
}

#[test]
fn prompts_name_the_account_on_old_and_new_systems() {
    for name in [
        "fdesetup__add_prompts__10.15.txt",
        "fdesetup__add_prompts__13plus.txt",
    ] {
        let said = golden(name);
        let prompts: Vec<_> = said.lines().collect();
        assert!(Prompt::password_of("admin").fits(prompts[1]), "{name}");
        assert!(!Prompt::password_of("newuser").fits(prompts[1]), "{name}");
        assert!(Prompt::password_of("newuser").fits(prompts[2]), "{name}");
    }
}

#[test]
fn a_key_on_a_terminal_is_found_too() {
    let transcript = golden("fdesetup__enable_interactive_prk__15.txt");
    let terminal = Terminal {
        transcript: transcript.into(),
        ..Terminal::default()
    };
    let change = KeyChange::from(&Answer::new(Exit::Code(0), "", "").with_terminal(terminal));
    assert!(matches!(change, KeyChange::NewKey(_)));
}
