//! The situations that the Macs of a fleet are in, and how common each is.

use agent::clock::{Clock as _, SystemClock};
use macsim::model::clock::UnixMillis;
use macsim::scenario::{ScenarioMac, Situation};
use trust::observation::Observation;

use crate::fleet::SimulatedMac;

/// How many Macs in a hundred are in a situation: most are fine, some trouble is common, some is rare.
const SHARES: [(Situation, u32); 12] = [
    (Situation::Healthy, 58),
    (Situation::AdeAdminSecond, 8),
    (Situation::StandardHolderOnly, 5),
    (Situation::FileVaultOff, 5),
    (Situation::SetupAssistantOnly, 4),
    (Situation::NoFullDiskAccess, 4),
    (Situation::StrictPolicy, 4),
    (Situation::DeadToken, 4),
    (Situation::NoHolder, 3),
    (Situation::Intel1015, 3),
    (Situation::MacOs1012, 1),
    (Situation::Hfs, 1),
];

/// How long ago the Macs were set up, in milliseconds.
const IN_USE_FOR_MS: i64 = 3_600_000;

/// One Mac that stands for many.
#[derive(Debug, Clone)]
pub struct Template {
    /// Its situation.
    pub situation: Situation,
    /// The Mac with its accounts.
    pub made: ScenarioMac,
    /// What its agent sees.
    pub seen: Observation,
}

impl Template {
    /// Whether ada can hand a token on to ben, with nothing in the way.
    pub fn is_healthy(&self) -> bool {
        self.situation == Situation::Healthy
    }
}

/// A Mac for each situation, as its agent sees it.
#[derive(Debug, Clone)]
pub struct Mixture(Vec<(u32, Template)>);

impl Mixture {
    /// Makes the Macs and looks at each.
    pub fn make() -> Self {
        let begun = UnixMillis(SystemClock.now().as_millis() - IN_USE_FOR_MS);
        let templates = SHARES.iter().zip(0..).map(|((situation, share), seed)| {
            let made = situation.mac(seed, begun);
            let seen = SimulatedMac::new(made.mac.clone()).look();
            let situation = *situation;
            let template = Template {
                situation,
                made,
                seen,
            };
            (*share, template)
        });
        Self(templates.collect())
    }

    /// The Mac that stands for Mac `number`. Of a hundred in a row each situation has its share.
    pub fn of(&self, number: u32) -> &Template {
        // A step that has no factor in common with 100 mixes the situations.
        let mut place = number.wrapping_mul(37) % 100;
        for (share, template) in &self.0 {
            if place < *share {
                return template;
            }
            place -= share;
        }
        &self.0[0].1
    }

    /// What the agents of the first hundred Macs see.
    pub fn hundred(&self) -> Vec<Observation> {
        (0..100).map(|number| self.of(number).seen.clone()).collect()
    }
}

#[cfg(test)]
mod tests {
    use trust::chain;

    use super::*;

    #[test]
    fn the_shares_are_of_a_hundred() {
        assert_eq!(SHARES.iter().map(|(_, share)| share).sum::<u32>(), 100);
    }

    #[test]
    fn a_hundred_macs_have_every_health_of_the_chain_in_their_shares() {
        let seen = Mixture::make().hundred();
        let count = |word| {
            let health = |seen: &&Observation| chain::health(seen).word() == word;
            seen.iter().filter(health).count()
        };
        assert_eq!(count("broken"), 3);
        assert_eq!(count("only_standard_holders"), 5 + 8);
        assert_eq!(count("no_tokens"), 2);
        assert!(count("can_grant") > 80, "{}", count("can_grant"));
    }
}
