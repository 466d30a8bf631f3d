//! The tree of crypto users that `diskutil` prints for people.

use super::{CryptoUser, CryptoUserKind};
use crate::text::lines;

/// The crypto users in the tree, or `None` when the text is no such tree.
///
/// ```text
/// Cryptographic users for disk3s1s1 (1 found)
/// |
/// +-- DA145BD0-81C7-41AA-9676-794E0A14B63D
///     Type: Local Open Directory User
///     Volume Owner: Yes
/// ```
pub fn parse_crypto_tree(said: &str) -> Option<Vec<CryptoUser>> {
    let mut users: Vec<CryptoUser> = Vec::new();
    let mut announced = None;
    for line in lines(said) {
        if line.starts_with("No cryptographic users") {
            return Some(Vec::new());
        }
        if line.starts_with("Cryptographic user") {
            announced = found(line);
        } else if let Some(uuid) = line.strip_prefix("+-- ") {
            let kind = CryptoUserKind::of(uuid.trim(), "");
            users.push(CryptoUser {
                uuid: uuid.trim().to_owned(),
                kind,
                volume_owner: None,
            });
        } else if let (Some((key, value)), Some(user)) = (property(line), users.last_mut()) {
            match key {
                "Type" => user.kind = CryptoUserKind::of(&user.uuid, value),
                "Volume Owner" => user.volume_owner = Some(value == "Yes"),
                _ => {}
            }
        }
    }
    // A tree that was cut off must not pass for a Mac with fewer holders.
    (announced == Some(users.len())).then_some(users)
}

/// The number in `Cryptographic users for disk3s1s1 (3 found)`.
fn found(line: &str) -> Option<usize> {
    let (_, count) = line.trim_end().strip_suffix(" found)")?.rsplit_once('(')?;
    count.parse().ok()
}

fn property(line: &str) -> Option<(&str, &str)> {
    let (key, value) = line.trim_start_matches(['|', ' ']).split_once(':')?;
    Some((key, value.trim()))
}

#[cfg(test)]
mod tests {
    use super::parse_crypto_tree;

    #[test]
    fn a_tree_that_is_cut_off_is_not_a_shorter_tree() {
        let whole = "Cryptographic users for disk1s5 (2 found)\n|\n+-- A\n|   Type: Local Open Directory User\n|\n\
                     +-- B\n    Type: Personal Recovery User\n";
        assert_eq!(parse_crypto_tree(whole).map(|users| users.len()), Some(2));
        let cut = whole.find("+-- B").expect("a second user");
        assert_eq!(parse_crypto_tree(&whole[..cut]), None);
        assert_eq!(parse_crypto_tree("Error: no such disk"), None);
    }
}
