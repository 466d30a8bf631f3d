use mac::open_directory::{DsStatus, OdCode};
use mac::sysadminctl::{AddUserClaim, Claim, DeleteUserClaim, HomeClaim, Message, TokenStatus, read};

use crate::golden;

fn messages(name: &str) -> Vec<Message> {
    read(&golden(name))
}

fn claim(name: &str) -> Claim {
    Claim::from(messages(name).as_slice())
}

#[test]
fn token_status_on_every_system() {
    let cases = [
        (
            "sysadminctl__secureTokenStatus_enabled__26.6.txt",
            TokenStatus::Enabled,
            "Tuist Runner Operator",
        ),
        (
            "sysadminctl__secureTokenStatus_disabled__26.6.txt",
            TokenStatus::Disabled,
            "Tuist Runner Operator",
        ),
        (
            "sysadminctl__secureTokenStatus_enabled__11.1.txt",
            TokenStatus::Enabled,
            "ec2-user",
        ),
        (
            "sysadminctl__secureTokenStatus_disabled__11.1.txt",
            TokenStatus::Disabled,
            "ec2-user",
        ),
    ];
    for (name, status, label) in cases {
        let messages = messages(name);
        let named = match &messages[..] {
            [Message::TokenEnabled { label } | Message::TokenDisabled { label }] => label,
            other => panic!("{name}: {other:?}"),
        };
        assert_eq!(
            (TokenStatus::from(messages.as_slice()), named.as_str()),
            (status, label),
            "{name}"
        );
    }
}

#[test]
fn a_refused_administrator_does_not_hide_the_status() {
    let messages = messages("sysadminctl__secureTokenStatus_badadminpw__10.13.2.txt");
    assert_eq!(messages[0], Message::DirectoryStatus(DsStatus::AUTH_FAILED));
    assert_eq!(TokenStatus::from(messages.as_slice()), TokenStatus::Enabled);
}

#[test]
fn done_is_a_claim() {
    assert_eq!(
        claim("sysadminctl__secureTokenOn_done__10.15.txt"),
        Claim::SaysDone
    );
}

#[test]
fn done_that_is_not_done_is_the_same_claim() {
    let messages = messages("sysadminctl__secureTokenOn_false_done__15.txt");
    assert_eq!(Claim::from(messages.as_slice()), Claim::SaysDone);
    assert_eq!(TokenStatus::from(messages.as_slice()), TokenStatus::Disabled);
}

#[test]
fn refusals_have_their_types() {
    let cases = [
        (
            "sysadminctl__not_permitted_without_unlock__13.2.txt",
            Claim::NeedsTokenUnlock,
        ),
        ("sysadminctl__needs_root__13plus.txt", Claim::NeedsRoot),
        (
            "sysadminctl__admin_framework_auth_failed__13plus.txt",
            Claim::AdministratorRefused,
        ),
        ("sysadminctl__usage__13.2.1.txt", Claim::Unsupported),
    ];
    for (name, expected) in cases {
        assert_eq!(claim(name), expected, "{name}");
    }
}

#[test]
fn the_last_unlock_record_is_kept_by_open_directory() {
    let refused = claim("opendirectory__4001_last_unlock_record__10.15.txt");
    let text = "Failed to modify AuthenticationAuthority: would cause removal of last unlock record";
    assert_eq!(
        refused,
        Claim::Refused {
            code: OdCode::PERMISSION,
            text: text.to_owned()
        }
    );
}

#[test]
fn the_usage_of_a_system_that_knows_tokens_is_not_unsupported() {
    let usage = messages("sysadminctl__usage__13.2.1.txt");
    assert_eq!(usage, [Message::Usage { knows_tokens: true }]);
    assert!(matches!(
        TokenStatus::from(usage.as_slice()),
        TokenStatus::Unrecognised { .. }
    ));
}

fn added(name: &str) -> AddUserClaim {
    AddUserClaim::from(messages(name).as_slice())
}

#[test]
fn an_account_that_was_made() {
    let made = |uid, gid, home| AddUserClaim::SaysMade {
        uid: Some(uid),
        gid,
        home: Some(home),
    };
    let home = |path: &str| HomeClaim::Made(path.to_owned());
    let prompted = added("sysadminctl__addUser_prompted__10.14.txt");
    assert_eq!(prompted, made(503, None, home("/Users/bob")));
    let trainee = added("sysadminctl__addUser_trainee__26.txt");
    assert_eq!(trainee, made(502, Some(20), home("/Users/trainee")));
    let assigned = added("sysadminctl__addUser_home_not_created__26.txt");
    assert_eq!(
        assigned,
        made(503, Some(20), HomeClaim::Assigned("/Users/trainee".to_owned()))
    );
}

#[test]
fn an_account_that_was_not_made() {
    assert_eq!(
        added("sysadminctl__addUser_uid_clash__10.13.txt"),
        AddUserClaim::IdentityTaken
    );
    assert_eq!(
        added("sysadminctl__addUser_fullname_clash__15.txt"),
        AddUserClaim::FullNameTaken
    );
}

#[test]
fn a_home_that_is_there_is_told() {
    assert!(messages("sysadminctl__addUser_uid_clash__10.13.txt").contains(&Message::HomeExists));
}

#[test]
fn an_account_that_was_not_deleted() {
    let deleted = |name| DeleteUserClaim::from(messages(name).as_slice());
    assert_eq!(
        deleted("sysadminctl__deleteUser_last_holder__14plus.txt"),
        DeleteUserClaim::LastOfItsKind
    );
    let without_access = deleted("sysadminctl__deleteUser_no_fda__2026.txt");
    assert_eq!(
        without_access,
        DeleteUserClaim::NoFullDiskAccess { home_removed: true }
    );
}
