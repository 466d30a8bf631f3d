//! The error numbers of Open Directory, in the two ways in which tools show them.

use crate::text::leading_number;

/// A status of the old DirectoryService interface, as `dscl` and `sysadminctl` print it: negative, or 0.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct DsStatus(pub i32);

/// A code of the error domain `com.apple.OpenDirectory`: positive.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct OdCode(pub i32);

/// An error of the domain `com.apple.OpenDirectory` with the words that came with it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OdError {
    /// The code.
    pub code: OdCode,
    /// The words that tell the case, when there are any.
    pub text: String,
}

#[expect(missing_docs, reason = "the names are Apple's, and name() spells them out")]
impl DsStatus {
    pub const UNKNOWN_NODE_NAME: Self = Self(-14009);
    pub const AUTH_FAILED: Self = Self(-14090);
    pub const AUTH_METHOD_NOT_SUPPORTED: Self = Self(-14091);
    pub const AUTH_UNKNOWN_USER: Self = Self(-14098);
    pub const PERMISSION_ERROR: Self = Self(-14120);
    pub const RECORD_ALREADY_EXISTS: Self = Self(-14135);
    pub const RECORD_NOT_FOUND: Self = Self(-14136);
    pub const AUTH_NEW_PASSWORD_REQUIRED: Self = Self(-14161);
    pub const AUTH_PASSWORD_EXPIRED: Self = Self(-14162);
    pub const AUTH_PASSWORD_QUALITY_CHECK_FAILED: Self = Self(-14165);
    pub const AUTH_ACCOUNT_DISABLED: Self = Self(-14167);
    pub const AUTH_PASSWORD_TOO_SHORT: Self = Self(-14170);

    /// The statuses that this crate knows by name.
    pub const KNOWN: [(Self, &'static str); 12] = [
        (Self::UNKNOWN_NODE_NAME, "eDSUnknownNodeName"),
        (Self::AUTH_FAILED, "eDSAuthFailed"),
        (Self::AUTH_METHOD_NOT_SUPPORTED, "eDSAuthMethodNotSupported"),
        (Self::AUTH_UNKNOWN_USER, "eDSAuthUnknownUser"),
        (Self::PERMISSION_ERROR, "eDSPermissionError"),
        (Self::RECORD_ALREADY_EXISTS, "eDSRecordAlreadyExists"),
        (Self::RECORD_NOT_FOUND, "eDSRecordNotFound"),
        (Self::AUTH_NEW_PASSWORD_REQUIRED, "eDSAuthNewPasswordRequired"),
        (Self::AUTH_PASSWORD_EXPIRED, "eDSAuthPasswordExpired"),
        (
            Self::AUTH_PASSWORD_QUALITY_CHECK_FAILED,
            "eDSAuthPasswordQualityCheckFailed",
        ),
        (Self::AUTH_ACCOUNT_DISABLED, "eDSAuthAccountDisabled"),
        (Self::AUTH_PASSWORD_TOO_SHORT, "eDSAuthPasswordTooShort"),
    ];
}

impl DsStatus {
    /// Apple's name of the status, when it is one that this crate knows.
    pub fn name(self) -> Option<&'static str> {
        Self::KNOWN
            .iter()
            .find(|(status, _)| *status == self)
            .map(|(_, name)| *name)
    }

    /// The status with which `dscl` exits: it exits with the status without its sign, of which the system keeps the
    /// lowest eight bits. Only a known status is recognised again.
    pub fn from_exit_code(code: i32) -> Option<Self> {
        Self::KNOWN
            .iter()
            .map(|(status, _)| *status)
            .find(|status| status.exit_code() == code)
    }

    /// The code with which `dscl` exits.
    pub fn exit_code(self) -> i32 {
        self.0.wrapping_neg() & 0xff
    }

    /// The status in `<dscl_cmd> DS Error: -14090 (eDSAuthFailed)`.
    pub(crate) fn in_dscl_error(said: &str) -> Option<Self> {
        after(said, "DS Error: ")
    }

    /// The status in `### Error:-14135 File:… Line:…`.
    pub(crate) fn in_sysadminctl_error(said: &str) -> Option<Self> {
        after(said, "### Error:")
    }
}

fn after(said: &str, marker: &str) -> Option<DsStatus> {
    said.split_once(marker)
        .and_then(|(_, rest)| leading_number(rest))
        .map(DsStatus)
}

#[expect(missing_docs, reason = "the names are Apple's")]
impl OdCode {
    pub const PERMISSION: Self = Self(4001);
    pub const CREDENTIALS_INVALID: Self = Self(5000);
    pub const CREDENTIALS_METHOD_NOT_SUPPORTED: Self = Self(5100);
    pub const CREDENTIALS_NOT_AUTHORIZED: Self = Self(5101);
    pub const CREDENTIALS_OPERATION_FAILED: Self = Self(5103);
    pub const ACCOUNT_NOT_FOUND: Self = Self(5300);
    pub const ACCOUNT_DISABLED: Self = Self(5301);
    pub const ACCOUNT_EXPIRED: Self = Self(5302);
    pub const ACCOUNT_INACTIVE: Self = Self(5303);
    pub const ACCOUNT_TEMPORARILY_LOCKED: Self = Self(5304);
    pub const ACCOUNT_LOCKED: Self = Self(5305);
    pub const PASSWORD_EXPIRED: Self = Self(5400);
    pub const PASSWORD_CHANGE_REQUIRED: Self = Self(5401);
    pub const PASSWORD_QUALITY_FAILED: Self = Self(5402);
    pub const PASSWORD_TOO_SHORT: Self = Self(5403);
    pub const PASSWORD_TOO_LONG: Self = Self(5404);
    pub const PASSWORD_NEEDS_LETTER: Self = Self(5405);
    pub const PASSWORD_NEEDS_DIGIT: Self = Self(5406);
    pub const PASSWORD_CHANGE_TOO_SOON: Self = Self(5407);
    pub const PASSWORD_UNRECOVERABLE: Self = Self(5408);
}

impl OdCode {
    /// Whether the code says that a new password breaks the password policy.
    pub fn is_about_password_policy(self) -> bool {
        (Self::PASSWORD_QUALITY_FAILED..=Self::PASSWORD_CHANGE_TOO_SOON).contains(&self)
    }

    /// Whether the code says that the account cannot authenticate now, whatever its password.
    pub fn is_about_a_closed_account(self) -> bool {
        (Self::ACCOUNT_DISABLED..=Self::ACCOUNT_LOCKED).contains(&self)
    }
}

impl OdError {
    /// The error in `Error Domain=com.apple.OpenDirectory Code=5101 "…" UserInfo={…}`.
    ///
    /// The quoted words can hold quotes themselves, and so can the names in them; they end where `UserInfo` begins.
    pub fn find(said: &str) -> Option<Self> {
        let (_, rest) = said.split_once("Domain=com.apple.OpenDirectory Code=")?;
        let code = OdCode(leading_number(rest)?);
        let quoted = rest.split_once('"').map_or("", |(_, quoted)| quoted);
        let text = quoted
            .split_once("\" UserInfo=")
            .or_else(|| quoted.rsplit_once('"'))
            .map_or("", |(text, _)| text);
        Some(Self {
            code,
            text: crate::text::excerpt(text),
        })
    }
}

#[cfg(test)]
mod tests {
    use super::{DsStatus, OdCode, OdError};

    #[test]
    fn exit_codes_are_the_low_bits_of_the_status() {
        let known = [
            (-14090, 10),
            (-14120, 40),
            (-14135, 55),
            (-14136, 56),
            (-14009, 185),
            (-14161, 81),
            (-14170, 90),
        ];
        for (status, code) in known {
            assert_eq!(DsStatus(status).exit_code(), code);
            assert_eq!(DsStatus::from_exit_code(code), Some(DsStatus(status)));
        }
        assert_eq!(DsStatus::from_exit_code(0), None);
        assert_eq!(DsStatus(i32::MIN).exit_code(), 0);
    }

    #[test]
    fn an_error_gives_its_code_and_words() {
        let said = "setSecureTokenAuthorizationEnabled error Error Domain=com.apple.OpenDirectory Code=5101 \"he said \
                    \"no\"\" UserInfo={NSLocalizedDescription=x}";
        assert_eq!(
            OdError::find(said),
            Some(OdError {
                code: OdCode(5101),
                text: "he said \"no\"".to_owned()
            })
        );
        assert_eq!(OdError::find("Code=5101"), None);
        assert_eq!(
            OdError::find("Domain=com.apple.OpenDirectory Code=4001").map(|error| error.text),
            Some(String::new())
        );
    }
}
