//! What a grant to each Mac's person lacks, by wildcards in every field and after everything else was tried.

use macsim::scenario::Situation;
use trust::bulk::Readiness;
use trust::code::Code;

/// What a grant lacks on a Mac in this situation, and why. Written from what is set up, not from what is planned.
pub fn readiness(situation: Situation) -> (Readiness, Option<Code>) {
    let done = (Readiness::Done, Some(Code::AlreadyGranted));
    let person = |code| (Readiness::NeedsPerson, Some(code));
    match situation {
        Situation::Intel1015 | Situation::Offline | Situation::StrictPolicy => (Readiness::Ready, None),
        Situation::Healthy
        | Situation::FileVaultOff
        | Situation::StandardHolderOnly
        | Situation::AdeAdminSecond => done,
        Situation::SetupAssistantOnly | Situation::CoreStorage => {
            (Readiness::NeedsCredential, Some(Code::UnresolvedWildcard))
        }
        Situation::NoHolder => person(Code::ChainBroken),
        Situation::MacOs1012 => person(Code::OsTooOld),
        Situation::DeadToken => person(Code::TokenUnusable),
        Situation::Hfs => person(Code::VolumeNotApfs),
        Situation::NoFullDiskAccess => person(Code::FullDiskAccessMissing),
    }
}
