//! Draws passwords.

use std::cmp::Ordering;

use rand_core::CryptoRng;
use secrecy::SecretString;
use zeroize::Zeroizing;

use super::CannotGenerate;
use crate::chars::Chars;
use crate::language::Product;
use crate::policy::Policy;
use crate::predicate::{Facts, neighbours_of};
use crate::rule::Rule;
use crate::verdict::Doubt;

/// As long as this where the policy lets it.
const LENGTH: u32 = 32;
/// Not longer than this for the sake of strength.
const LONGEST_FOR_STRENGTH: u32 = 96;
/// What a password should be worth, in bits, where the policy lets it.
const STRENGTH_BITS: f64 = 128.0;
/// How often a password of one length is drawn until all rules take it.
const DRAWS: u32 = 1_000;
/// How often until a rule of which nothing can be told is put up with.
const DRAWS_FOR_CERTAINTY: u32 = 4;

/// Draws passwords that a policy allows.
#[derive(Debug)]
pub struct Generator<'p> {
    policy: &'p Policy,
    facts: Facts<'p>,
    product: Product,
    /// The characters of each class that the product's steps go by.
    classes: Vec<Chars>,
}

/// A password that was drawn.
#[derive(Debug)]
pub struct Generated<'p> {
    /// The password.
    pub password: SecretString,
    /// What it is worth: the logarithm, to base 2, of the number of ways in which it could have come out otherwise.
    pub strength_bits: f64,
    /// The rules of which cannot be told whether it satisfies them. It satisfies all others.
    pub doubtful: Vec<(&'p Rule, Doubt)>,
}

/// A password on its way.
struct Draft {
    text: Zeroizing<String>,
    bits: f64,
}

impl<'p> Generator<'p> {
    pub(super) fn new(policy: &'p Policy, facts: Facts<'p>, product: Product, classes: Vec<Chars>) -> Self {
        Self {
            policy,
            facts,
            product,
            classes,
        }
    }

    /// Draws a password: of 32 characters where the policy lets it, of more where that is needed to be worth 128 bits.
    ///
    /// # Errors
    /// When none was found that all rules take. This proves nothing.
    pub fn draw(&self, rng: &mut impl CryptoRng) -> Result<Generated<'p>, CannotGenerate> {
        let first = self.product.lengths().find(|length| *length >= LENGTH);
        let longer = (LENGTH..=LONGEST_FOR_STRENGTH).step_by(8);
        let longer = longer.filter(|length| Some(*length) > first && self.product.has_length(*length));
        let mut best: Option<Generated<'p>> = None;
        for length in first.into_iter().chain(longer) {
            let drawn = self.draw_of_length(length, rng);
            best = drawn.into_iter().chain(best).min_by(Generated::compare);
            if best
                .as_ref()
                .is_some_and(|best| best.strength_bits >= STRENGTH_BITS)
            {
                break;
            }
        }
        let shorter = self.product.lengths().rev().filter(|length| *length < LENGTH);
        best.or_else(|| {
            shorter
                .into_iter()
                .find_map(|length| self.draw_of_length(length, rng))
        })
        .ok_or(CannotGenerate::NotFound)
    }

    /// Draws until all rules take the password.
    fn draw_of_length(&self, length: u32, rng: &mut impl CryptoRng) -> Option<Generated<'p>> {
        let mut best: Option<Generated<'p>> = None;
        for draw in 0..DRAWS {
            let draft = self.draft(length, rng);
            let evaluation = self.policy.evaluate_among(&draft.text, self.facts);
            if evaluation.violated().next().is_none() {
                let drawn = Generated {
                    password: SecretString::from(draft.text.as_str()),
                    strength_bits: draft.bits,
                    doubtful: evaluation.doubtful().collect(),
                };
                best = [drawn].into_iter().chain(best).min_by(Generated::compare);
            }
            let certain = best.as_ref().is_some_and(|best| best.doubtful.is_empty());
            if certain || best.is_some() && draw >= DRAWS_FOR_CERTAINTY {
                break;
            }
        }
        best
    }

    /// Draws one character after the other, each from those after which the password can still end well.
    fn draft(&self, length: u32, rng: &mut impl CryptoRng) -> Draft {
        // As long as it will be, so that it is never copied to another place on its way.
        let mut text = Zeroizing::new(String::with_capacity(length as usize));
        let (mut state, mut bits, mut last) = (0, 0.0, None);
        for more in (0..length).rev() {
            let open: Vec<(Chars, u32)> = self
                .classes
                .iter()
                .enumerate()
                .map(|(index, class)| (*class, self.product.step(state, index)))
                .filter(|(_, next)| self.product.can_end(*next, more))
                .collect();
            let choice = choice(open.iter().map(|(class, _)| *class), last);
            let code = pick(choice, rng);
            let Some((_, next)) = open.iter().find(|(class, _)| class.contains(code)) else {
                break;
            };
            bits += f64::from(choice.len()).log2();
            text.push(char::from(code));
            (state, last) = (*next, Some(code));
        }
        Draft { text, bits }
    }
}

/// The characters to choose from: of those that may come, rather no neighbour of the last one, and a letter or a digit
/// rather than a sign to begin with.
fn choice(open: impl Iterator<Item = Chars>, last: Option<u8>) -> Chars {
    let open = open.fold(Chars::NONE, Chars::union);
    let rather = match last {
        Some(last) => open.minus(neighbours_of(last)),
        None => open.intersection(Chars::ALPHANUMERIC),
    };
    if rather.is_empty() { open } else { rather }
}

/// One of `choice`, each as likely as the others.
fn pick(choice: Chars, rng: &mut impl CryptoRng) -> u8 {
    let count = choice.len().max(1);
    let limit = u32::MAX - u32::MAX % count;
    loop {
        let drawn = rng.next_u32();
        if drawn < limit {
            return choice.iter().nth((drawn % count) as usize).unwrap_or(b' ');
        }
    }
}

impl Generated<'_> {
    /// The better one is the lesser: fewer doubts first, then more strength.
    fn compare(&self, other: &Self) -> Ordering {
        let doubts = self.doubtful.len().cmp(&other.doubtful.len());
        doubts.then(other.strength_bits.total_cmp(&self.strength_bits))
    }
}
