//! The Mac's password policy, as `pwpolicy` tells it and the rules on passwords take it.

use mac::pwpolicy::{self, PolicySet};
use mac::{Error, Runner};
use password_policy::{AccountPolicies, AccountPolicy, Parameter, Policy, Scope};

/// What `pwpolicy` is called in evidence.
pub const GET_POLICIES: &str = "pwpolicy -getaccountpolicies";

/// Reads the policy that holds for every account of this Mac. An account that is yet to be made has no other.
///
/// # Errors
/// When the tool could not be run to its end, or its answer cannot be read.
pub fn of_all_accounts(runner: &dyn Runner) -> Result<Policy, Error> {
    let set = pwpolicy::policies(runner, None)?;
    Ok(Policy::of_directory(&account_policies(set), Scope::AllAccounts))
}

fn account_policies(set: PolicySet) -> AccountPolicies {
    let read = |rules: Vec<pwpolicy::Rule>| rules.into_iter().map(account_policy).collect();
    AccountPolicies {
        authentication: read(set.authentication),
        password_change: read(set.password_change),
        password_content: read(set.password_content),
    }
}

fn account_policy(rule: pwpolicy::Rule) -> AccountPolicy {
    AccountPolicy {
        identifier: rule.identifier,
        content: rule.content,
        parameters: rule
            .parameters
            .into_iter()
            .filter_map(|(name, value)| Some((name, parameter(value)?)))
            .collect(),
        description: rule.description,
    }
}

fn parameter(value: pwpolicy::Parameter) -> Option<Parameter> {
    Some(match value {
        #[expect(clippy::cast_precision_loss, reason = "no policy counts beyond 2⁵³")]
        pwpolicy::Parameter::Integer(number) => Parameter::Number(number as f64),
        pwpolicy::Parameter::Real(number) => Parameter::Number(number),
        pwpolicy::Parameter::Flag(flag) => Parameter::Flag(flag),
        pwpolicy::Parameter::Text(text) => Parameter::Text(text),
        // A name without a value is unknown to the rule, as it should be.
        pwpolicy::Parameter::Other => return None,
    })
}
