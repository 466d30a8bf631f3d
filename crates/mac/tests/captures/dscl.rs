use mac::dscl::{Authority, PasswordCheck, parse_plain};
use mac::open_directory::DsStatus;
use mac::{Answer, Exit, Terminal};

use crate::golden;

fn authorities(name: &str) -> Vec<Authority> {
    let read = parse_plain(&golden(name));
    read["AuthenticationAuthority"]
        .iter()
        .map(|value| Authority::parse(value))
        .collect()
}

fn shadow_hash() -> Authority {
    Authority::ShadowHash {
        hashes: vec!["SALTED-SHA512-PBKDF2".to_owned()],
    }
}

#[test]
fn authorities_of_a_holder() {
    let holder = authorities("dscl__authauthority_token_bigsur__11plus.txt");
    assert_eq!(holder, [shadow_hash(), Authority::SecureToken]);
}

#[test]
fn authorities_of_an_account_that_must_not_get_a_token_by_itself() {
    let barred = authorities("dscl__authauthority_disabledtags__11plus.txt");
    assert_eq!(barred, [Authority::DisabledTags(vec!["SecureToken".to_owned()])]);
}

#[test]
fn authorities_of_a_mobile_account() {
    let node = "/Active Directory/CORP/corp.example.com".to_owned();
    let mobile = authorities("dscl__authauthority_ad_mobile__any.txt");
    let kerberos = Authority::Kerberos {
        principal: "alice@CORP.EXAMPLE.COM".to_owned(),
    };
    assert_eq!(
        mobile,
        [
            Authority::LocalCachedUser { node: node.clone() },
            kerberos,
            shadow_hash()
        ]
    );
    let read = parse_plain(&golden("dscl__authauthority_ad_mobile__any.txt"));
    assert_eq!(read["OriginalNodeName"], [node]);
}

#[test]
fn plain_attributes() {
    let guid = parse_plain(&golden("dscl__guid__26.txt"));
    assert_eq!(guid["GeneratedUID"], ["2DB09770-999B-43FB-99AF-2B878E4FE971"]);
    let admin = parse_plain(&golden("dscl__read_admin_group__26.txt"));
    assert_eq!(admin["GroupMembership"], ["root", "emmaloj", "trainee"]);
    let hidden = parse_plain(&golden("dscl__read_isHidden_realname__26.txt"));
    assert_eq!(hidden["dsAttrTypeNative:IsHidden"], ["YES"]);
    assert_eq!(hidden["NFSHomeDirectory"], ["/var/root", "/private/var/root"]);
    assert_eq!(hidden["RealName"], ["System Administrator"]);
}

/// The answer of `dscl` with a terminal, on which both streams come out.
fn on_terminal(code: i32, names: &[&str]) -> Answer {
    let transcript: String = names.iter().map(|name| golden(name)).collect();
    let terminal = Terminal {
        transcript: transcript.into(),
        answered: 1,
        asked_too_much: false,
    };
    Answer::new(Exit::Code(code), "", "").with_terminal(terminal)
}

#[test]
fn a_wrong_password() {
    let answer = on_terminal(
        10,
        &[
            "dscl__authonly_fail_stdout__13.txt",
            "dscl__authonly_fail_stderr__13.txt",
        ],
    );
    assert_eq!(PasswordCheck::from(&answer), PasswordCheck::Wrong);
}

#[test]
fn a_record_that_is_not_there() {
    let answer = on_terminal(56, &["dscl__read_not_found__any.txt"]);
    assert_eq!(
        PasswordCheck::from(&answer),
        PasswordCheck::Refused {
            status: DsStatus::RECORD_NOT_FOUND
        }
    );
}

#[test]
fn every_refusal_gives_its_status_by_words_and_by_exit_code() {
    let cases = [
        (10, "dscl__authonly_fail_stderr__13.txt", DsStatus::AUTH_FAILED),
        (56, "dscl__read_not_found__any.txt", DsStatus::RECORD_NOT_FOUND),
        (
            55,
            "dscl__create_duplicate_uid__26.txt",
            DsStatus::RECORD_ALREADY_EXISTS,
        ),
        (10, "dscl__passwd_denied_stderr__any.txt", DsStatus::AUTH_FAILED),
        (
            185,
            "dscl__invalid_path_stderr__any.txt",
            DsStatus::UNKNOWN_NODE_NAME,
        ),
    ];
    for (code, name, status) in cases {
        let answer = crate::on_stderr(code, name);
        assert_eq!(mac::dscl::status_of(&answer), Some(status), "{name}");
        assert_eq!(
            mac::dscl::status_of(&Answer::new(Exit::Code(code), "", "")),
            Some(status),
            "{name}"
        );
        let named = format!("({})", status.name().expect("a name"));
        assert!(golden(name).contains(&named), "{name}");
    }
}

#[test]
fn what_stands_on_standard_output_beside_a_refusal_changes_nothing() {
    let cases = [
        (
            "dscl__passwd_denied_stdout__any.txt",
            "dscl__passwd_denied_stderr__any.txt",
            DsStatus::AUTH_FAILED,
        ),
        (
            "dscl__invalid_path_stdout__any.txt",
            "dscl__invalid_path_stderr__any.txt",
            DsStatus::UNKNOWN_NODE_NAME,
        ),
    ];
    for (stdout, stderr, status) in cases {
        let answer = Answer::new(Exit::Code(status.exit_code()), golden(stdout), golden(stderr));
        assert_eq!(mac::dscl::status_of(&answer), Some(status), "{stdout}");
    }
}

#[test]
fn a_data_source_that_is_not_there_has_no_status() {
    let answer = crate::on_stdout(69, "dscl__bad_datasource__any.txt");
    assert_eq!(mac::dscl::status_of(&answer), Some(DsStatus(0)));
}

#[test]
fn the_prompt_for_the_old_password_is_the_one_that_is_answered() {
    let said = golden("dscl__passwd_denied_stdout__any.txt");
    let prompt = said.lines().next().expect("a prompt");
    assert!(mac::dscl::old_password_prompt().fits(prompt), "{prompt}");
}
