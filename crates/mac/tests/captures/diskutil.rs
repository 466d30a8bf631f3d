use mac::diskutil::{
    CryptoUser, CryptoUserKind, DiskCheck, PrebootUpdate, parse_apfs_list, parse_crypto_tree,
    parse_crypto_users,
};
use mac::{Answer, Exit};

use crate::{golden, on_stderr, on_stdout};

fn user(uuid: &str, kind: CryptoUserKind, volume_owner: Option<bool>) -> CryptoUser {
    CryptoUser {
        uuid: uuid.to_owned(),
        kind,
        volume_owner,
    }
}

#[test]
fn the_tree_of_a_system_without_owners() {
    use CryptoUserKind::{LocalOpenDirectory, MdmBootstrapToken, PersonalRecovery};
    let users = parse_crypto_tree(&golden("diskutil__listusers_four__10.15.6.txt")).expect("a tree");
    let kinds: Vec<_> = users.iter().map(|user| user.kind.clone()).collect();
    assert_eq!(
        kinds,
        [
            LocalOpenDirectory,
            PersonalRecovery,
            LocalOpenDirectory,
            MdmBootstrapToken
        ]
    );
    assert!(users.iter().all(|user| user.volume_owner.is_none()));
}

#[test]
fn the_tree_of_a_system_with_owners() {
    let users = parse_crypto_tree(&golden("diskutil__listusers_three_owner__26.txt")).expect("a tree");
    let expected = [
        user(
            "DA145BD0-81C7-41AA-9676-794E0A14B63D",
            CryptoUserKind::LocalOpenDirectory,
            Some(true),
        ),
        user(
            "2457711A-523C-4604-B75A-F48A571D5036",
            CryptoUserKind::MdmBootstrapToken,
            Some(true),
        ),
        user(
            "EBC6C064-0000-11AA-AA11-00306543ECAC",
            CryptoUserKind::PersonalRecovery,
            Some(true),
        ),
    ];
    assert_eq!(users, expected);
}

#[test]
fn the_trees_of_other_disks() {
    let disk = parse_crypto_tree(&golden("diskutil__listusers_disk_user__any.txt")).expect("a tree");
    assert_eq!(
        disk,
        [user(
            "AAAAAAAA-1111-2222-3333-BBBBBBBBBBBB",
            CryptoUserKind::Disk,
            None
        )]
    );
    assert_eq!(
        parse_crypto_tree(&golden("diskutil__listusers_none__any.txt")),
        Some(Vec::new())
    );
}

#[test]
fn the_lists() {
    let users = parse_crypto_users(&golden("diskutil__listusers_plist__any.plist")).expect("a list");
    let expected = [
        user(
            "3C7DB8EE-5EA4-4C18-A7E4-25C6C0F94667",
            CryptoUserKind::LocalOpenDirectory,
            Some(true),
        ),
        user(
            "EBC6C064-0000-11AA-AA11-00306543ECAC",
            CryptoUserKind::PersonalRecovery,
            Some(true),
        ),
        user(
            "2457711A-523C-4604-B75A-F48A571D5036",
            CryptoUserKind::MdmBootstrapToken,
            Some(false),
        ),
    ];
    assert_eq!(users, expected);
    assert_eq!(
        parse_crypto_users(&golden("diskutil__listusers_plist_empty.plist")),
        Some(Vec::new())
    );
}

#[test]
fn the_volumes() {
    let volumes = parse_apfs_list(&golden("diskutil__apfs_list_plist__any.plist")).expect("a list");
    let seen: Vec<_> = volumes
        .iter()
        .map(|volume| {
            (
                volume.device.as_deref(),
                volume.roles.join(","),
                volume.filevault,
                volume.migrating,
            )
        })
        .collect();
    let preboot = (Some("disk1s1"), "Preboot".to_owned(), Some(false), Some(false));
    assert_eq!(
        seen,
        [
            preboot,
            (Some("disk1s2"), "xART".to_owned(), Some(true), Some(false))
        ]
    );
    assert_eq!(
        volumes[1].container_uuid.as_deref(),
        Some("57770A0F-0637-44E3-94BE-52D37EAFB88E")
    );
}

#[test]
fn every_answer_to_a_disk_password() {
    let unknown = |number, text: &str| DiskCheck::Unknown {
        number,
        text: text.to_owned(),
    };
    let not_locked = "Unlocking any cryptographic user on APFS Volume disk7s1 Error unlocking APFS Volume: The given \
                      APFS Volume is not locked (-69589)";
    let cases = [
        (0, "diskutil__unlock_ok_mounted.txt", DiskCheck::Right),
        (0, "diskutil__unlock_ok_nomount.txt", DiskCheck::Right),
        (
            1,
            "diskutil__unlock_not_locked.txt",
            unknown(Some(-69589), not_locked),
        ),
        (1, "diskutil__unlock_sandbox.txt", DiskCheck::NoFullDiskAccess),
        (1, "diskutil__unlock_wrong_passphrase.txt", DiskCheck::Wrong),
        (1, "diskutil__unlock_wrong_passphrase_alt.txt", DiskCheck::Wrong),
    ];
    for (code, name, expected) in cases {
        assert_eq!(DiskCheck::from(&on_stdout(code, name)), expected, "{name}");
        assert_eq!(DiskCheck::from(&on_stderr(code, name)), expected, "{name}");
    }
}

#[test]
fn an_update_of_preboot_is_done_when_it_says_so_to_the_end() {
    let whole = golden("diskutil__updatePreboot_ok__26.0.txt");
    assert_eq!(
        PrebootUpdate::from(&Answer::new(Exit::Code(0), whole.as_str(), "")),
        PrebootUpdate::SaysDone
    );
    let cut = &whole[..whole.len() - 30];
    assert!(matches!(
        PrebootUpdate::from(&Answer::new(Exit::Code(0), cut, "")),
        PrebootUpdate::Failed { .. }
    ));
    let failed = whole.replace(
        "overall error=(ZeroMeansSuccess)=0",
        "overall error=(ZeroMeansSuccess)=-69566",
    );
    let failed = PrebootUpdate::from(&Answer::new(Exit::Code(0), failed, ""));
    assert!(matches!(
        failed,
        PrebootUpdate::Failed {
            error: Some(-69566),
            ..
        }
    ));
}
