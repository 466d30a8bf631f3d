//! What Apple's tools say of their own work, in words for the evidence. Never proof.

use mac::sysadminctl::{AddUserClaim, Claim, DeleteUserClaim};

/// A claim about a change, read on from "it says".
pub(crate) fn words(claim: &Claim) -> String {
    match claim {
        Claim::SaysDone => "that it is done".to_owned(),
        Claim::Silent => "nothing".to_owned(),
        Claim::NeedsTokenUnlock => "that nothing it was given unlocks the token".to_owned(),
        Claim::Refused { code, text } => format!("that Open Directory refused ({code:?}): {text}"),
        Claim::RefusedByStatus { status } => format!("that Open Directory refused ({status:?})"),
        Claim::WrongPassword => "that a password is wrong".to_owned(),
        Claim::NewPasswordRefused => "that the new password breaks the policy".to_owned(),
        Claim::UnknownUser => "that there is no such account".to_owned(),
        Claim::AdministratorRefused => "that the administrator's credentials were refused".to_owned(),
        Claim::LastOfItsKind => "that it must not touch the last of its kind".to_owned(),
        Claim::NeedsRoot => "that it needs root".to_owned(),
        Claim::CouldNotAsk => "that it got no password".to_owned(),
        Claim::Unsupported => "that it does not know the call".to_owned(),
        Claim::Unrecognised { text } => format!("something unknown: {text}"),
    }
}

/// A claim about making an account, read on from "it says".
pub(crate) fn add_user_words(claim: &AddUserClaim) -> String {
    match claim {
        AddUserClaim::SaysMade { .. } => "that it made the account".to_owned(),
        AddUserClaim::FullNameTaken => "that the full name is taken".to_owned(),
        AddUserClaim::IdentityTaken => "that the name or the number is taken".to_owned(),
        AddUserClaim::Refused(claim) => words(claim),
    }
}

/// A claim about deleting an account, read on from "it says".
pub(crate) fn delete_user_words(claim: &DeleteUserClaim) -> String {
    match claim {
        DeleteUserClaim::SaysDeleted => "that it deleted the account".to_owned(),
        DeleteUserClaim::LastOfItsKind => words(&Claim::LastOfItsKind),
        DeleteUserClaim::NoFullDiskAccess { home_removed: true } => {
            "that it removed the home folder, and may not delete the account".to_owned()
        }
        DeleteUserClaim::NoFullDiskAccess { home_removed: false } => {
            "that it may not delete the account".to_owned()
        }
        DeleteUserClaim::Refused(claim) => words(claim),
    }
}
