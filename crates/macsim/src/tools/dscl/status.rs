//! Directory status codes.

/// Why a command failed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Status {
    /// The path leads nowhere; reported as an unknown node.
    InvalidPath,
    AuthFailed,
    PermissionError,
    RecordAlreadyExists,
    RecordNotFound,
    AttributeNotFound,
    PasswordExpired,
    QualityCheckFailed,
    AccountDisabled,
}

impl Status {
    /// The DirectoryService number.
    pub(super) fn number(self) -> i32 {
        match self {
            Self::InvalidPath => -14009,
            Self::AuthFailed => -14090,
            Self::PermissionError => -14120,
            Self::AttributeNotFound => -14134,
            Self::RecordAlreadyExists => -14135,
            Self::RecordNotFound => -14136,
            Self::PasswordExpired => -14162,
            Self::QualityCheckFailed => -14165,
            Self::AccountDisabled => -14167,
        }
    }

    /// Its constant's name.
    pub(super) fn name(self) -> &'static str {
        match self {
            Self::InvalidPath => "eDSUnknownNodeName",
            Self::AuthFailed => "eDSAuthFailed",
            Self::PermissionError => "eDSPermissionError",
            Self::AttributeNotFound => "eDSAttributeNotFound",
            Self::RecordAlreadyExists => "eDSRecordAlreadyExists",
            Self::RecordNotFound => "eDSRecordNotFound",
            Self::PasswordExpired => "eDSAuthPasswordExpired",
            Self::QualityCheckFailed => "eDSAuthPasswordQualityCheckFailed",
            Self::AccountDisabled => "eDSAuthAccountDisabled",
        }
    }

    /// The exit code: the negated number, cut to a byte.
    pub(super) fn exit(self) -> u8 {
        u8::try_from(-self.number() % 256).unwrap_or(1)
    }
}
