//! Policies as property list and as the legacy line.

use crate::model::password_policy::{DemandOrigin, PasswordDemand, PasswordPolicy};
use crate::tools::apple_plist::{dictionary, string};

/// The policy as a property list; `None` if there is nothing to show.
pub(super) fn policies(policy: &PasswordPolicy) -> Option<plist::Value> {
    let mut categories = Vec::new();
    if let Some(limit) = policy.max_failed_logins {
        let content = "policyAttributeFailedAuthentications < policyAttributeMaximumFailedAuthentications";
        categories.push((
            "policyCategoryAuthentication",
            one(content, "policyAttributeMaximumFailedAuthentications", limit),
        ));
    }
    if let Some(days) = policy.max_age_days {
        let content = "policyAttributeCurrentTime > policyAttributeLastPasswordChangeTime + (policyAttributeExpiresEveryNDays * 24 * 60 * 60)";
        categories.push((
            "policyCategoryPasswordChange",
            one(content, "policyAttributeExpiresEveryNDays", days),
        ));
    }
    if !policy.demands.is_empty() {
        let demands = policy
            .demands
            .iter()
            .map(|(demand, origin)| entry(demand, origin))
            .collect();
        categories.push(("policyCategoryPasswordContent", plist::Value::Array(demands)));
    }
    (!categories.is_empty()).then(|| dictionary(categories))
}

fn one(content: &str, parameter: &'static str, value: u32) -> plist::Value {
    let parameters = dictionary([(parameter, plist::Value::Integer(value.into()))]);
    plist::Value::Array(vec![dictionary([
        ("policyContent", string(content)),
        ("policyParameters", parameters),
    ])])
}

fn entry(demand: &PasswordDemand, origin: &DemandOrigin) -> plist::Value {
    if *origin == DemandOrigin::BuiltIn {
        // The built-in rule is written with a possessive quantifier and without a sentence for people.
        let content = demand.content().replace("}'", "}+'");
        return dictionary([
            ("policyContent", string(content)),
            ("policyIdentifier", string("com.apple.defaultpasswordpolicy.fde")),
        ]);
    }
    let identifier = match origin {
        DemandOrigin::Profile(uuid) => format!("ProfilePayload:{uuid}:{}", demand.key()),
        DemandOrigin::BuiltIn | DemandOrigin::Local => format!("local:{}", demand.key()),
    };
    dictionary([
        ("policyContent", string(demand.content())),
        (
            "policyContentDescription",
            dictionary([("policyDefaultContentDescription", string(demand.description()))]),
        ),
        ("policyIdentifier", string(identifier)),
    ])
}

/// The deprecated `-getglobalpolicy` line.
pub(super) fn legacy(policy: &PasswordPolicy) -> String {
    let least = policy.demands.iter().filter_map(|(demand, _)| match demand {
        PasswordDemand::MinLength(length) => Some(*length),
        _ => None,
    });
    let alphanumeric = u8::from(
        policy
            .demands
            .iter()
            .any(|(demand, _)| *demand == PasswordDemand::Alphanumeric),
    );
    format!(
        "usingHistory=0 canModifyPasswordforSelf=1 usingExpirationDate={} requiresAlpha={alphanumeric} requiresNumeric={alphanumeric} minChars={} maxFailedLoginAttempts={}",
        u8::from(policy.max_age_days.is_some()),
        least.max().unwrap_or(0),
        policy.max_failed_logins.unwrap_or(0),
    )
}
