//! One door to every parser, for fuzzers and for tests that cut captures short.

use crate::{Answer, Conversation, Exit, Feed, Prompt, PromptAnswer, Terminal};

/// Gives bytes to every parser as if each tool had printed them. Their length says on which stream, and with which
/// exit code the tool ended. None may panic, whatever the bytes.
pub fn parse_everything(bytes: &[u8]) {
    texts(&String::from_utf8_lossy(bytes));
    let answer = match bytes.len() % 3 {
        0 => Answer::new(Exit::Code(0), bytes, ""),
        1 => Answer::new(Exit::Code(10), "", bytes),
        _ => {
            let terminal = Terminal {
                transcript: bytes.into(),
                answered: 1,
                asked_too_much: false,
            };
            Answer::new(Exit::Signal(15), "", "").with_terminal(terminal)
        }
    };
    answers(&answer);
    conversation(bytes);
}

fn texts(said: &str) {
    let messages = crate::sysadminctl::read(said);
    let _ = crate::sysadminctl::TokenStatus::from(messages.as_slice());
    let _ = crate::sysadminctl::Claim::from(messages.as_slice());
    let _ = crate::sysadminctl::AddUserClaim::from(messages.as_slice());
    let _ = crate::sysadminctl::DeleteUserClaim::from(messages.as_slice());
    let _ = crate::dscl::parse_users(said);
    let _ = crate::dscl::parse_group(said);
    for values in crate::dscl::parse_plain(said).values() {
        let _: Vec<_> = values
            .iter()
            .map(|value| crate::dscl::Authority::parse(value))
            .collect();
    }
    let _ = crate::dscl::Authority::parse(said);
    let _ = crate::dscl::AccountPolicy::parse(said);
    let _ = crate::diskutil::parse_boot_volume(said);
    let _ = crate::diskutil::parse_apfs_list(said);
    let _ = crate::diskutil::parse_crypto_users(said);
    let _ = crate::diskutil::parse_crypto_tree(said);
    let _ = crate::fdesetup::parse_status(said);
    let _ = crate::fdesetup::parse_list(said);
    let _ = crate::fdesetup::Deferral::parse(said);
    let _ = crate::profiles::Enrollment::parse(said);
    let _ = crate::profiles::BootstrapTokenStatus::parse(said);
    let _ = crate::pwpolicy::PolicySet::parse(said);
    let _ = crate::pwpolicy::Authentication::parse(said);
    let _ = crate::open_directory::OdError::find(said);
    let _ = crate::sw_vers::SystemVersion::parse(said).map(|version| version.numbers());
    let _ = crate::ioreg::Hardware::parse(said);
    let _ = crate::stat::ConsoleUser::parse(said);
    let _ = crate::id::Identity::parse(said);
    let _ = crate::bputil::BootPolicy::parse(said).security_mode();
    let _ = crate::csrutil::IntegrityStatus::parse(said);
    let _ = crate::security::authorization_database::Right::parse(said);
    let _ = crate::mdmclient::ErasePreflight::parse(said);
    let _ = crate::mdmclient::SecurityInfo::parse(said);
    let _ = crate::ioreg::says_t2(said);
    let _ = crate::AccountName::new(said);
    let _ = crate::Arg::value(said);
}

fn answers(answer: &Answer) {
    let _ = crate::dscl::PasswordCheck::from(answer);
    let _ = crate::dscl::status_of(answer);
    let _ = crate::dseditgroup::Membership::from(answer);
    let _ = crate::dseditgroup::GroupChange::from(answer);
    let _ = crate::dsmemberutil::SystemMembership::from(answer);
    let _ = crate::diskutil::DiskCheck::from(answer);
    let _ = crate::diskutil::PrebootUpdate::from(answer);
    let _ = crate::fdesetup::KeyChange::from(answer);
    let _ = crate::fdesetup::KeyCheck::from(answer);
    let _ = crate::fdesetup::UserChange::from(answer);
    let _ = crate::profiles::BootstrapTokenClaim::from(answer);
    let _ = crate::security::keychain::KeychainChange::from(answer);
    let _ = crate::security::authorization_database::RightChange::from(answer);
    let _ = crate::bputil::BootPolicyAnswer::from(answer);
    let _ = crate::nvram::SecureBootPolicy::from(answer);
    let _ = crate::launchctl::Bootout::from(answer);
    let _ = crate::defaults::Setting::from_answer(answer);
    let _ = crate::system_profiler::HardwareOverview::parse(&answer.stdout);
}

/// The talk on a terminal, heard in two pieces.
fn conversation(bytes: &[u8]) {
    let answers =
        ["ann", "bob"].map(|name| PromptAnswer::text(Prompt::password_of(name).or_any_password(), name));
    let feed = Feed::terminal(answers.into_iter().flatten());
    let mut conversation = Conversation::new(&feed);
    let (first, second) = bytes.split_at(bytes.len() / 2);
    let _ = conversation.hear(first);
    let _ = conversation.hear(second);
}
