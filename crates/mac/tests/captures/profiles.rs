use mac::profiles::{BootstrapToken, BootstrapTokenClaim, BootstrapTokenStatus, Enrollment, MdmEnrollment};
use mac::{AccountName, Prompt};

use crate::{golden, on_stderr, on_stdout};

#[test]
fn every_enrollment() {
    let enrollment = |by_device_enrollment, mdm, server: Option<&str>| {
        Some(Enrollment {
            by_device_enrollment,
            mdm,
            server: server.map(str::to_owned),
        })
    };
    let cases = [
        (
            "profiles__enrollment_dep_uamdm__any.txt",
            enrollment(
                true,
                MdmEnrollment::UserApproved,
                Some("https://mdm.example.com/mdm"),
            ),
        ),
        (
            "profiles__enrollment_none__any.txt",
            enrollment(false, MdmEnrollment::No, None),
        ),
        (
            "profiles__enrollment_not_uamdm__any.txt",
            enrollment(false, MdmEnrollment::Yes, None),
        ),
    ];
    for (name, expected) in cases {
        assert_eq!(Enrollment::parse(&golden(name)), expected, "{name}");
    }
}

#[test]
fn states_of_the_bootstrap_token() {
    let known = |escrowed| {
        BootstrapTokenStatus::Known(BootstrapToken {
            supported: true,
            escrowed,
        })
    };
    let status = |name| BootstrapTokenStatus::parse(&golden(name));
    assert_eq!(status("profiles__bst_supported_escrowed__any.txt"), known(true));
    assert_eq!(
        status("profiles__bst_supported_not_escrowed__11.txt"),
        known(false)
    );
}

#[test]
fn claims_of_an_installation() {
    let cases = [
        (
            0,
            "profiles__bst_install_ok__11.txt",
            BootstrapTokenClaim::SaysEscrowed,
        ),
        (
            1,
            "profiles__bst_auth_failed__13plus.txt",
            BootstrapTokenClaim::WrongCredential,
        ),
        (
            1,
            "profiles__bst_validate_failed__13plus.txt",
            BootstrapTokenClaim::Mismatch,
        ),
    ];
    for (code, name, expected) in cases {
        assert_eq!(
            BootstrapTokenClaim::from(&on_stdout(code, name)),
            expected,
            "{name}"
        );
        assert_eq!(
            BootstrapTokenClaim::from(&on_stderr(code, name)),
            expected,
            "{name}"
        );
    }
}

#[test]
fn the_prompts_of_an_installation() {
    let said = golden("profiles__bst_install_prompts__12.txt");
    let prompts: Vec<_> = said.lines().collect();
    let name = prompts[0]
        .strip_prefix("Enter the admin user name:")
        .expect("the first prompt");
    let account = AccountName::new(name).expect("a name");
    assert!(Prompt::password_of(account.as_str()).fits(prompts[1]));
}
