//! Rules that the directory holds.

use super::words;
use super::{Category, Rule, Scope};
use crate::predicate::{Predicate, readings};
use crate::source::AccountPolicy;
use crate::verdict::Doubt;

impl Rule {
    /// Reads a rule of the directory.
    pub(crate) fn from_account_policy(policy: &AccountPolicy, category: Category, scope: Scope) -> Self {
        let mut readings = readings(&policy.content, &policy.parameters);
        if sets(policy, "allowSimple") && !readings.iter().any(is_about_expressions) {
            // Apple documents what the payload's key means, but not the predicate that macOS makes of it.
            readings = vec![Predicate::NotSimple];
        }
        let own = policy.description.as_deref().map(str::trim);
        let words = match own.filter(|own| !own.is_empty()) {
            Some(own) => own.to_owned(),
            None => words::of(&readings[0]).unwrap_or_else(|| policy.content.clone()),
        };
        Self {
            identifier: policy.identifier.clone(),
            category,
            scope,
            words,
            text: format!("{} {:?}", policy.content, policy.parameters),
            readings,
        }
    }
}

/// Whether a passcode payload has set the rule by this key.
fn sets(policy: &AccountPolicy, key: &str) -> bool {
    let identifier = policy.identifier.as_deref().unwrap_or_default();
    identifier.starts_with("ProfilePayload:") && identifier.rsplit(':').next() == Some(key)
}

fn is_about_expressions(predicate: &Predicate) -> bool {
    let mut is = false;
    predicate.each(&mut |part| {
        is |= matches!(
            part,
            Predicate::Matches(_) | Predicate::Unknown(Doubt::UnknownExpression)
        );
    });
    is
}
