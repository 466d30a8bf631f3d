//! Names that people really have, and names that somebody chose to fool a parser.

use mac::dscl::{PasswordCheck, parse_plain, parse_users};
use mac::fdesetup::{parse_list, parse_status};
use mac::sysadminctl::{Claim, DeleteUserClaim, TokenStatus, read};
use mac::{Answer, Exit, Terminal};

const NAMES: &[&str] = &[
    "Ann O'Neil",
    "José \"Pepe\" Núñez",
    "山田 太郎",
    "محمد",
    "a;b|c&d$(e)`f`",
    "100% %s %n %@",
    "🔑👩‍💻",
    "-admin",
    "is DISABLED for user bob",
    "Secure token is DISABLED for user bob",
    "- Done!",
    "Operation is not permitted without secure token unlock.",
    "### Error:-14120 File:x Line:1",
    "Unknown user bob",
    "User bob can not be deleted",
    "Error Domain=com.apple.OpenDirectory Code=5101 \"x\" UserInfo={}",
    "2026-01-01 00:00:00.000 sysadminctl[1:2] - Done!",
    "<dscl_cmd> DS Error: -14090 (eDSAuthFailed)",
    "tab\there",
    "nul\0here",
    "cr\rhere",
    "",
];

const PREFIX: &str = "2026-09-23 10:10:38.619 sysadminctl[1053:11513] ";

#[test]
fn no_real_name_turns_a_token_status() {
    for name in NAMES {
        for (word, expected) in [
            ("ENABLED", TokenStatus::Enabled),
            ("DISABLED", TokenStatus::Disabled),
        ] {
            for end in ["\n", "\r\n", ""] {
                let said = format!("{PREFIX}Secure token is {word} for user {name}{end}");
                assert_eq!(TokenStatus::from(read(&said).as_slice()), expected, "{name:?}");
                // Without a log prefix, as some fixtures and old builds have it.
                let bare = format!("Secure token is {word} for user {name}{end}");
                assert_eq!(TokenStatus::from(read(&bare).as_slice()), expected, "{name:?}");
            }
        }
    }
}

#[test]
fn no_full_name_makes_a_success_of_a_refusal() {
    for name in NAMES {
        let said = format!("{PREFIX}User with full name '{name}' already exists.\n");
        let claim = mac::sysadminctl::AddUserClaim::from(read(&said).as_slice());
        assert_eq!(claim, mac::sysadminctl::AddUserClaim::FullNameTaken, "{name:?}");
    }
}

#[test]
fn no_name_makes_a_deletion_of_a_refusal() {
    for name in NAMES {
        let said = format!(
            "{PREFIX}User {name} can not be deleted (it's either last admin user or last secure token user neither \
             of which can be deleted)\n"
        );
        let claim = DeleteUserClaim::from(read(&said).as_slice());
        assert_ne!(claim, DeleteUserClaim::SaysDeleted, "{name:?}");
    }
}

#[test]
fn no_name_in_a_message_is_done() {
    for name in NAMES {
        for said in [
            format!("{PREFIX}Unknown user {name}\n"),
            format!("{PREFIX}Deleting record for {name}\n"),
        ] {
            assert_ne!(Claim::from(read(&said).as_slice()), Claim::SaysDone, "{name:?}");
        }
    }
}

#[test]
fn every_name_comes_through_the_plain_text_of_dscl() {
    for name in NAMES
        .iter()
        .filter(|name| name.contains(' ') && !name.contains(['\r', '\n']))
    {
        let said = format!("RealName:\n {name}\nUniqueID: 501\n");
        let read = parse_plain(&said);
        assert_eq!(read["RealName"], [(*name).to_owned()]);
        assert_eq!(read["UniqueID"], ["501"]);
    }
}

#[test]
fn every_name_comes_through_a_property_list() {
    let escaped = |name: &str| {
        name.replace('&', "&amp;")
            .replace('<', "&lt;")
            .replace('>', "&gt;")
    };
    // XML cannot hold a NUL and turns a carriage return into a newline.
    for name in NAMES.iter().filter(|name| !name.contains(['\0', '\r'])) {
        let said = format!(
            "<?xml version=\"1.0\"?><plist version=\"1.0\"><array><dict><key>dsAttrTypeStandard:RecordName</key>\
             <array><string>ann</string></array><key>dsAttrTypeStandard:RealName</key><array><string>{}</string>\
             </array></dict></array></plist>",
            escaped(name)
        );
        let users = parse_users(&said).expect("records");
        assert_eq!(users[0].real_name.as_deref(), Some(*name));
    }
}

#[test]
fn every_name_comes_through_the_lists_of_filevault() {
    for name in NAMES.iter().filter(|name| !name.contains(['\r', '\n'])) {
        let guid = "911D2742-7983-436D-9FA3-3F6B7421684B";
        let users = parse_list(&format!("{name},{guid}\n")).expect("a list");
        assert_eq!(
            (users[0].account.as_deref(), users[0].guid.as_str()),
            (Some(*name), guid)
        );
        let said =
            format!("FileVault is Off.\nDeferred enablement appears to be active for user '{name}'.\n");
        assert_eq!(
            parse_status(&said).expect("a status").deferred_for.as_deref(),
            Some(*name)
        );
    }
}

#[test]
fn no_words_make_a_wrong_password_right() {
    for name in NAMES {
        let terminal = Terminal {
            transcript: (*name).into(),
            answered: 1,
            asked_too_much: false,
        };
        let answer = Answer::new(Exit::Code(10), "", "").with_terminal(terminal);
        assert_ne!(PasswordCheck::from(&answer), PasswordCheck::Right, "{name:?}");
    }
}
