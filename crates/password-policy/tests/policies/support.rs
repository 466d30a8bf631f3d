//! Hand-made policies, and randomness from a seed.

use std::convert::Infallible;

use password_policy::{
    AccountPolicies, AccountPolicy, CustomRegex, Parameter, PasscodeSettings, Policy, Scope, Subject, Verdict,
};
use rand_core::{TryCryptoRng, TryRng};
use secrecy::SecretString;

/// An account that is yet to be made.
pub const NEW: Subject<'static> = Subject {
    record_name: "_bestow",
    before: None,
};

/// A rule of the directory, with the values of the names in it.
pub fn rule(content: &str, parameters: &[(&str, f64)]) -> AccountPolicy {
    let number = |(name, number): &(&str, f64)| ((*name).to_owned(), Parameter::Number(*number));
    AccountPolicy {
        content: content.to_owned(),
        parameters: parameters.iter().map(number).collect(),
        ..AccountPolicy::default()
    }
}

/// A policy on what passwords must be like.
pub fn content(predicates: &[&str]) -> Policy {
    let password_content = predicates.iter().map(|predicate| rule(predicate, &[])).collect();
    let policies = AccountPolicies {
        password_content,
        ..AccountPolicies::default()
    };
    Policy::of_directory(&policies, Scope::AllAccounts)
}

/// A policy of one expression.
pub fn regex(regex: &str) -> Policy {
    let regex = CustomRegex {
        regex: regex.to_owned(),
        description: None,
    };
    Policy::of_settings(&PasscodeSettings {
        custom_regexes: vec![regex],
        ..PasscodeSettings::default()
    })
}

/// What the policy says to a password of a new account.
pub fn verdict(policy: &Policy, password: &str) -> Verdict {
    policy.evaluate(&SecretString::from(password), NEW).verdict()
}

/// SplitMix64. It guards nothing here; a seed always gives the same.
pub struct Seeded(pub u64);

impl Seeded {
    fn draw(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mixed = (self.0 ^ (self.0 >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        let mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        mixed ^ (mixed >> 31)
    }
}

impl TryRng for Seeded {
    type Error = Infallible;

    fn try_next_u32(&mut self) -> Result<u32, Infallible> {
        Ok((self.draw() >> 32) as u32)
    }

    fn try_next_u64(&mut self) -> Result<u64, Infallible> {
        Ok(self.draw())
    }

    fn try_fill_bytes(&mut self, bytes: &mut [u8]) -> Result<(), Infallible> {
        bytes.fill_with(|| self.draw() as u8);
        Ok(())
    }
}

impl TryCryptoRng for Seeded {}
