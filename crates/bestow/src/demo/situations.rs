//! What people are told about the simulated Macs.

use macsim::scenario::Situation;

/// The device's name: short, and easy to type.
pub fn device_name(situation: Situation, round: usize) -> String {
    let name = situation.name().replace('_', "-");
    match round {
        0 => name,
        _ => format!("{name}-{}", round + 1),
    }
}

/// What is special about a Mac, in a few words.
pub fn in_words(situation: Situation) -> &'static str {
    match situation {
        Situation::Healthy => "FileVault on; ada holds a token, ben does not",
        Situation::NoHolder => "nobody holds a token any more",
        Situation::StandardHolderOnly => "the only holder, ben, is no administrator",
        Situation::MacOs1012 => "macOS 10.12, which knows no Secure Token",
        Situation::FileVaultOff => "as healthy, FileVault off",
        Situation::SetupAssistantOnly => "only the account that Setup Assistant made",
        Situation::AdeAdminSecond => "the managed administrator logged in second and got no token",
        Situation::DeadToken => "cleo's token says ENABLED, but the disk refuses her password",
        Situation::Hfs => "starts from Mac OS Extended",
        Situation::CoreStorage => "starts from CoreStorage",
        Situation::Intel1015 => "as healthy, Intel with T2, macOS 10.15",
        Situation::Offline => "as healthy, switched off",
        Situation::NoFullDiskAccess => "as healthy, the agent lacks Full Disk Access",
        Situation::StrictPolicy => "as healthy, with a strict password policy",
    }
}

/// As many situations as `count` asks for, each once before any comes again; each once when it asks for none.
pub fn choose(count: Option<usize>) -> Vec<(Situation, String)> {
    let all: Vec<Situation> = Situation::all().collect();
    (0..count.unwrap_or(all.len()))
        .map(|index| {
            let situation = all[index % all.len()];
            (situation, device_name(situation, index / all.len()))
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::BTreeSet;

    #[test]
    fn names_of_devices_differ_however_many_there_are() {
        let names: BTreeSet<String> = choose(Some(40)).into_iter().map(|(_, name)| name).collect();
        assert_eq!(names.len(), 40);
        assert!(names.contains("healthy") && names.contains("healthy-2"));
    }

    #[test]
    fn the_first_four_are_the_ones_that_matter_most() {
        let first: Vec<String> = choose(Some(4)).into_iter().map(|(_, name)| name).collect();
        assert_eq!(
            first,
            ["healthy", "no-holder", "standard-holder-only", "macos-10-12"]
        );
    }
}
