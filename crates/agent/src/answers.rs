//! Answers of Apple's tools that settle nothing, in words for facts and evidence.

use mac::diskutil::DiskCheck;
use mac::dscl::PasswordCheck;
use mac::profiles::BootstrapTokenStatus;
use mac::sysadminctl::TokenStatus;

/// Why a token's status is not known.
pub(crate) fn token_status(status: &TokenStatus) -> String {
    match status {
        TokenStatus::Enabled => "it says ENABLED".to_owned(),
        TokenStatus::Disabled => "it says DISABLED".to_owned(),
        TokenStatus::UnknownUser => "it knows no such account".to_owned(),
        TokenStatus::Unsupported => "this build of the tool knows no tokens".to_owned(),
        TokenStatus::Unrecognised { text } => said(text),
    }
}

/// Why the bootstrap token's status is not known.
pub(crate) fn bootstrap_token(status: &BootstrapTokenStatus) -> String {
    match status {
        BootstrapTokenStatus::Known(_) => "it is known".to_owned(),
        BootstrapTokenStatus::Unrecognised { text } => said(text),
    }
}

/// What the disk said to a password.
pub(crate) fn disk(check: &DiskCheck) -> String {
    match check {
        DiskCheck::Right => "it opens".to_owned(),
        DiskCheck::Wrong => "it does not open".to_owned(),
        DiskCheck::NoFullDiskAccess => "macOS denies the agent the question".to_owned(),
        DiskCheck::Unsupported => "this macOS cannot be asked without unlocking".to_owned(),
        DiskCheck::Unknown { text, .. } => said(text),
    }
}

/// What Open Directory said to a password.
pub(crate) fn password(check: &PasswordCheck) -> String {
    match check {
        PasswordCheck::Right => "it is right".to_owned(),
        PasswordCheck::Wrong => "it is wrong".to_owned(),
        PasswordCheck::Refused { status } => format!("Open Directory would not say ({status:?})"),
        PasswordCheck::Unknown { exit } => format!("the tool ended with {exit} and said nothing of it"),
        PasswordCheck::NotAsked(why) => format!("it was not asked: {why}"),
    }
}

/// Why a tool could not be asked, with its cause.
pub(crate) fn error(error: &mac::Error) -> String {
    let cause = std::error::Error::source(error).map(|source| format!(": {source}"));
    format!("{error}{}", cause.unwrap_or_default())
}

/// What a tool said that nobody understands.
pub(crate) fn said(text: &str) -> String {
    if text.is_empty() {
        "the tool said nothing".to_owned()
    } else {
        format!("the tool said: {text}")
    }
}
