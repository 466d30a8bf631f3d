//! Policies as property list and as the legacy line.

use crate::model::password_policy::{DemandOrigin, PasswordDemand, PasswordPolicy};
use crate::tools::apple_plist::{dictionary, string};

/// The policy as a property list; `None` if there is nothing to show.
pub(super) fn policies(policy: &PasswordPolicy) -> Option<plist::Value> {
    let mut authentication = Vec::new();
    if let Some(limit) = policy.max_failed_logins {
        let limit = ("policyAttributeMaximumFailedAuthentications", u64::from(limit));
        let counted = "policyAttributeFailedAuthentications < policyAttributeMaximumFailedAuthentications";
        authentication.push(match policy.failed_login_reset_minutes {
            None => unnamed(counted, &[limit]),
            Some(minutes) => unnamed(
                &format!(
                    "({counted}) OR (policyAttributeCurrentTime > (policyAttributeLastFailedAuthenticationTime + autoEnableInSeconds))"
                ),
                &[("autoEnableInSeconds", u64::from(minutes) * 60), limit],
            ),
        });
    }
    let mut change = Vec::new();
    if let Some(days) = policy.max_age_days {
        change.push(unnamed(
            "policyAttributeCurrentTime > policyAttributeLastPasswordChangeTime + (policyAttributeExpiresEveryNDays * 24 * 60 * 60)",
            &[("policyAttributeExpiresEveryNDays", days.into())],
        ));
    }
    let mut content: Vec<plist::Value> = policy
        .demands
        .iter()
        .map(|(demand, origin)| entry(demand, origin))
        .collect();
    if let Some(depth) = policy.history {
        content.push(unnamed(
            "none policyAttributePasswordHashes in policyAttributePasswordHistory",
            &[("policyAttributePasswordHistoryDepth", depth as u64)],
        ));
    }
    if let Some(hours) = policy.min_age_hours {
        content.push(unnamed(
            "policyAttributeLastPasswordChangeTime < policyAttributeCurrentTime - (policyAttributeMinimumLifetimeHours * 60 * 60)",
            &[("policyAttributeMinimumLifetimeHours", hours.into())],
        ));
    }
    let categories = [
        ("policyCategoryAuthentication", authentication),
        ("policyCategoryPasswordChange", change),
        ("policyCategoryPasswordContent", content),
    ];
    let categories: Vec<_> = categories
        .into_iter()
        .filter(|(_, entries)| !entries.is_empty())
        .map(|(category, entries)| (category, plist::Value::Array(entries)))
        .collect();
    (!categories.is_empty()).then(|| dictionary(categories))
}

fn parameters(parameters: &[(&'static str, u64)]) -> plist::Value {
    let numbers = parameters
        .iter()
        .map(|(name, number)| (*name, plist::Value::Integer((*number).into())));
    dictionary(numbers)
}

/// A rule without identifier and description.
fn unnamed(content: &str, named: &[(&'static str, u64)]) -> plist::Value {
    dictionary([
        ("policyContent", string(content)),
        ("policyParameters", parameters(named)),
    ])
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
    let mut entry = vec![
        ("policyContent", string(demand.content())),
        (
            "policyContentDescription",
            dictionary([("policyDefaultContentDescription", string(demand.description()))]),
        ),
        ("policyIdentifier", string(identifier)),
    ];
    let named: Vec<_> = demand
        .parameters()
        .into_iter()
        .map(|(name, number)| (name, number as u64))
        .collect();
    if !named.is_empty() {
        entry.push(("policyParameters", parameters(&named)));
    }
    dictionary(entry)
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
        "usingHistory={} canModifyPasswordforSelf=1 usingExpirationDate={} requiresAlpha={alphanumeric} requiresNumeric={alphanumeric} minChars={} maxFailedLoginAttempts={}",
        policy.history.unwrap_or(0),
        u8::from(policy.max_age_days.is_some()),
        least.max().unwrap_or(0),
        policy.max_failed_logins.unwrap_or(0),
    )
}
