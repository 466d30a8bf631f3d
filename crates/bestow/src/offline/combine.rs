//! Making the key again from its shares, and naming the share that does not belong.

use blahaj::Sharks;
use wire::seal::{SealingPrivateKey, SealingPublicKey};
use zeroize::Zeroizing;

use super::share::Share;

/// Why shares make no key. Each names the share by where it came from.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum NoKey {
    /// A share is not what it was.
    #[error("{0} was changed since it was made, or copied wrongly")]
    Changed(String),
    /// A share is of another key.
    #[error("{0} is a share of another offline key")]
    Another(String),
    /// A share is there twice.
    #[error("{0} is the same share as {1}")]
    Twice(String, String),
    /// There are too few.
    #[error(
        "too few shares are there: {there} of {needed} that are needed; name each by a --share of its own"
    )]
    TooFew {
        /// How many there are.
        there: usize,
        /// How many it takes.
        needed: u8,
    },
    /// They make another key; with more shares than are needed, the one that is wrong is named.
    #[error("the shares do not make the key: {}", .0.as_deref().unwrap_or("one of them is wrong; give one more to learn which"))]
    Wrong(Option<String>),
}

/// The key `wanted`, from shares, each with where it came from.
///
/// # Errors
/// When they do not make it.
pub fn combine(shares: &[(String, Share)], wanted: &SealingPublicKey) -> Result<SealingPrivateKey, NoKey> {
    for (index, (name, share)) in shares.iter().enumerate() {
        if !share.is_whole() {
            return Err(NoKey::Changed(name.clone()));
        }
        if share.offline_key != *wanted {
            return Err(NoKey::Another(name.clone()));
        }
        if let Some((first, _)) = shares[..index]
            .iter()
            .find(|(_, other)| other.number == share.number)
        {
            return Err(NoKey::Twice(name.clone(), first.clone()));
        }
    }
    let needed = shares.iter().map(|(_, share)| share.needed).max().unwrap_or(1);
    if shares.len() < usize::from(needed) {
        let there = shares.len();
        return Err(NoKey::TooFew { there, needed });
    }
    let all: Vec<&Share> = shares.iter().map(|(_, share)| share).collect();
    if let Some(key) = make(&all, needed, wanted) {
        return Ok(key);
    }
    let without = (0..all.len()).find(|left_out| {
        let rest: Vec<&Share> = (0..all.len())
            .filter(|at| at != left_out)
            .map(|at| all[at])
            .collect();
        rest.len() >= usize::from(needed) && make(&rest, needed, wanted).is_some()
    });
    Err(NoKey::Wrong(
        without.map(|wrong| format!("{} is wrong", shares[wrong].0)),
    ))
}

/// The key that shares make, when it is the one that is wanted.
fn make(shares: &[&Share], needed: u8, wanted: &SealingPublicKey) -> Option<SealingPrivateKey> {
    let shares: Option<Vec<blahaj::Share>> = shares
        .iter()
        .map(|share| blahaj::Share::try_from(share.share.0.as_slice()).ok())
        .collect();
    let secret = Zeroizing::new(Sharks(needed).recover(&shares?).ok()?);
    let key = SealingPrivateKey::from_bytes(&secret).ok()?;
    (key.public_key() == *wanted).then_some(key)
}

#[cfg(test)]
mod tests {
    use rand_core::UnwrapErr;

    use super::super::share::cut;
    use super::*;

    fn key() -> SealingPrivateKey {
        SealingPrivateKey::generate(&mut UnwrapErr(getrandom::SysRng))
    }

    fn shares(key: &SealingPrivateKey, needed: u8, of: u8) -> Vec<(String, Share)> {
        let shares = cut(key, needed, of, &mut UnwrapErr(getrandom::SysRng));
        let named = shares
            .into_iter()
            .map(|share| (format!("share {}", share.number), share));
        named.collect()
    }

    /// The shares of these numbers, written and read again.
    fn some(shares: &[(String, Share)], numbers: &[u8]) -> Vec<(String, Share)> {
        let read = |share: &Share| serde_json::from_str(&serde_json::to_string(share).unwrap()).unwrap();
        let chosen = shares.iter().filter(|(_, share)| numbers.contains(&share.number));
        chosen.map(|(name, share)| (name.clone(), read(share))).collect()
    }

    #[test]
    fn any_of_the_needed_number_make_the_key_and_fewer_never_do() {
        let key = key();
        for (needed, of) in [(1, 1), (2, 3), (3, 5)] {
            let shares = shares(&key, needed, of);
            for choice in 0_u32..1 << of {
                let numbers: Vec<u8> = (1..=of)
                    .filter(|number| choice & 1 << (number - 1) != 0)
                    .collect();
                let made = combine(&some(&shares, &numbers), &key.public_key());
                match numbers.len() >= usize::from(needed) {
                    true => assert_eq!(made.unwrap().to_bytes(), key.to_bytes(), "{numbers:?}"),
                    false => assert!(matches!(made, Err(NoKey::TooFew { .. })), "{numbers:?}"),
                }
            }
        }
    }

    #[test]
    fn fewer_shares_do_not_make_the_key_when_they_lie_about_how_many_it_takes() {
        let key = key();
        let mut two = some(&shares(&key, 3, 5), &[1, 2]);
        for (_, share) in &mut two {
            share.needed = 2;
        }
        assert_eq!(
            combine(&two, &key.public_key()).unwrap_err(),
            NoKey::Changed("share 1".to_owned())
        );
        let all: Vec<&Share> = two.iter().map(|(_, share)| share).collect();
        assert!(make(&all, 2, &key.public_key()).is_none());
    }

    #[test]
    fn a_share_that_does_not_belong_is_named() {
        let (key, other) = (key(), key());
        let ours = shares(&key, 2, 4);
        let mut mixed = some(&ours, &[1]);
        mixed.extend(some(&shares(&other, 2, 4), &[2]));
        let refused = combine(&mixed, &key.public_key()).unwrap_err();
        assert_eq!(refused, NoKey::Another("share 2".to_owned()));

        let mut twice = some(&ours, &[3]);
        twice.extend(some(&ours, &[3]));
        let refused = combine(&twice, &key.public_key()).unwrap_err();
        assert_eq!(refused, NoKey::Twice("share 3".to_owned(), "share 3".to_owned()));

        let mut changed = some(&ours, &[1, 2]);
        changed[1].1.share.0[5] ^= 1;
        let refused = combine(&changed, &key.public_key()).unwrap_err();
        assert_eq!(refused, NoKey::Changed("share 2".to_owned()));
    }

    #[test]
    fn a_share_that_was_forged_with_its_check_is_named_when_there_is_one_more() {
        let (key, other) = (key(), key());
        let ours = shares(&key, 2, 4);
        // Another key's share under this one's name, as only its maker could write it.
        let forged = |numbers: &[u8]| {
            let mut shares = some(&ours, numbers);
            let foreign = cut(&other, 2, 4, &mut UnwrapErr(getrandom::SysRng));
            let wrong = &mut shares[1].1;
            wrong.share = foreign[1].share.clone();
            wrong.renew_check();
            shares
        };
        let refused = combine(&forged(&[1, 2]), &key.public_key()).unwrap_err();
        assert_eq!(refused, NoKey::Wrong(None));
        let refused = combine(&forged(&[1, 2, 3]), &key.public_key()).unwrap_err();
        assert_eq!(refused, NoKey::Wrong(Some("share 2 is wrong".to_owned())));
    }
}
