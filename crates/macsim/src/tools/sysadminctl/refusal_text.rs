//! The words `sysadminctl` has for refusals.

use crate::model::knobs::WrongGranterText;
use crate::model::mac::Mac;
use crate::model::os::OsVersion;
use crate::rules::refusal::Refusal;

pub(super) const NEEDS_UNLOCK: &str = "Operation is not permitted without secure token unlock.";
pub(super) const FRAMEWORK: &str = "Failed to authenticate with SystemAdministration framework.";

/// Why a token could not be switched.
pub(super) fn for_token(mac: &Mac, refusal: &Refusal) -> String {
    match refusal {
        Refusal::UnknownUser(name) => format!("Unknown user {name}"),
        Refusal::WrongGranterPassword => match mac.knobs.wrong_granter_text {
            WrongGranterText::Unlock => NEEDS_UNLOCK.to_owned(),
            WrongGranterText::Error5000 => set_token_error(5000),
            WrongGranterText::Framework => FRAMEWORK.to_owned(),
        },
        Refusal::WrongTargetPassword => set_token_error(5000),
        Refusal::NotSupported => set_token_error(5100),
        Refusal::NotAuthorised => set_token_error(5101),
        Refusal::LastUnlockRecord => set_token_error(4001),
        Refusal::OutOfSync => set_token_error(5103),
        Refusal::Locked => set_token_error(5305),
        Refusal::Disabled => set_token_error(5301),
        _ => NEEDS_UNLOCK.to_owned(),
    }
}

/// An OpenDirectory error as the token operations print it.
pub(super) fn set_token_error(code: u16) -> String {
    let description = open_directory_text(code);
    let (description, reason) = match code {
        4001 => (
            "Failed to modify AuthenticationAuthority: would cause removal of last unlock record",
            description,
        ),
        _ => (description, description),
    };
    format!(
        "setSecureTokenAuthorizationEnabled error Error Domain=com.apple.OpenDirectory Code={code} \"{description}\" \
         UserInfo={{NSLocalizedDescription={description}, NSLocalizedFailureReason={reason}}}"
    )
}

fn open_directory_text(code: u16) -> &'static str {
    match code {
        4001 => {
            "Operation was denied because the current credentials do not have the appropriate privileges."
        }
        5000 => "Credentials could not be verified, username or password is invalid.",
        5100 => "Unable to perform the operation because the authentication method is not supported.",
        5101 => {
            "Authentication server refused operation because the current credentials are not authorized for the requested operation."
        }
        5301 => "Account is disabled.",
        5305 => "Account is locked.",
        _ => "Authentication server failed to complete the requested operation.",
    }
}

/// A raw directory status with the place in Apple's sources that reports it.
pub(super) fn raw_status(os: OsVersion, status: i32, file: &str, line: u16) -> String {
    let folder = match (os.major, os.minor, os.patch) {
        (10, 13, 0..=2) => "/BuildRoot/Library/Caches/com.apple.xbs/Sources/Admin/Admin-674",
        (10, ..) => "/BuildRoot/Library/Caches/com.apple.xbs/Sources/Admin/Admin-679",
        _ => {
            "/AppleInternal/Library/BuildRoots/4~B5FeugCYEZd96X3zqIDDgARflf-BD_RFQt1Gd-I/Library/Caches/com.apple.xbs/Sources/Admin"
        }
    };
    format!("### Error:{status} File:{folder}/{file} Line:{line}")
}
