//! A tool that is stopped leaves half an answer. It must not panic, and must not pass for another answer.

use mac::diskutil::{parse_apfs_list, parse_crypto_tree, parse_crypto_users};
use mac::security::authorization_database::Right;
use mac::sysadminctl::{Claim, TokenStatus, read};

use crate::{folder, golden};

/// The transcript of ten seconds of `updatePreboot` repeats a few lines over and over. Of what is longer than this, only
/// the end is cut at every byte, and the rest around the ends of lines.
const LONG: usize = 3000;

fn lengths(bytes: &[u8]) -> impl Iterator<Item = usize> {
    let near_a_line_end = |at: usize| bytes[at.saturating_sub(1)..(at + 2).min(bytes.len())].contains(&b'\n');
    let from = bytes
        .len()
        .saturating_sub(if bytes.len() > LONG { LONG / 3 } else { LONG });
    (0..bytes.len()).filter(move |at| *at >= from || near_a_line_end(*at))
}

#[test]
fn no_capture_cut_at_any_byte_makes_a_parser_panic() {
    for entry in std::fs::read_dir(folder()).expect("the folder") {
        let bytes = std::fs::read(entry.expect("an entry").path()).expect("a capture");
        lengths(&bytes).for_each(|length| mac::fuzz::parse_everything(&bytes[..length]));
    }
}

/// What a parser says of each beginning of a capture.
fn cuts<T>(name: &str, parse: impl Fn(&str) -> T) -> Vec<T> {
    let whole = golden(name);
    whole
        .char_indices()
        .map(|(end, _)| parse(&whole[..end]))
        .collect()
}

#[test]
fn half_a_token_status_is_no_other_status() {
    let status = |said: &str| TokenStatus::from(read(said).as_slice());
    for name in [
        "sysadminctl__secureTokenStatus_enabled__26.6.txt",
        "sysadminctl__secureTokenStatus_disabled__26.6.txt",
        "sysadminctl__secureTokenStatus_badadminpw__10.13.2.txt",
    ] {
        let whole = status(&golden(name));
        for cut in cuts(name, status) {
            assert!(
                cut == whole || matches!(cut, TokenStatus::Unrecognised { .. }),
                "{name}: {cut:?}"
            );
        }
    }
}

#[test]
fn half_a_refusal_is_no_success() {
    let claim = |said: &str| Claim::from(read(said).as_slice());
    for name in [
        "sysadminctl__not_permitted_without_unlock__13.2.txt",
        "sysadminctl__usage__13.2.1.txt",
        "opendirectory__4001_last_unlock_record__10.15.txt",
    ] {
        assert!(!cuts(name, claim).contains(&Claim::SaysDone), "{name}");
    }
}

#[test]
fn half_a_list_of_crypto_users_is_no_shorter_list() {
    let lists = [
        "diskutil__listusers_plist__any.plist",
        "diskutil__listusers_plist_empty.plist",
    ];
    for name in lists {
        let whole = parse_crypto_users(&golden(name));
        assert!(
            cuts(name, parse_crypto_users)
                .into_iter()
                .all(|cut| cut.is_none() || cut == whole),
            "{name}"
        );
    }
    let trees = [
        "diskutil__listusers_four__10.15.6.txt",
        "diskutil__listusers_three_owner__26.txt",
    ];
    for name in trees {
        let whole = parse_crypto_tree(&golden(name)).expect("a tree").len();
        assert!(
            cuts(name, parse_crypto_tree)
                .into_iter()
                .flatten()
                .all(|cut| cut.len() == whole),
            "{name}"
        );
    }
    let volumes = "diskutil__apfs_list_plist__any.plist";
    let whole = parse_apfs_list(&golden(volumes));
    assert!(
        cuts(volumes, parse_apfs_list)
            .into_iter()
            .all(|cut| cut.is_none() || cut == whole)
    );
}

#[test]
fn half_a_right_is_no_right() {
    let name = "security__authorizationdb_login__13plus.plist";
    let whole = Right::parse(&golden(name));
    for cut in cuts(name, Right::parse) {
        assert!(cut.is_none() || cut == whole, "{cut:?}");
    }
}
