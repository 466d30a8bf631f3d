//! A password policy: rules that all hold.

use crate::rule::{Category, Rule, Scope};
use crate::source::{AccountPolicies, PasscodeSettings};

/// Rules that all hold. Without a rule everything is allowed.
///
/// Rules that are on the Mac all hold at once, so the strictest wins without being looked for. What an MDM sends is
/// combined by Apple's table first ([`PasscodeSettings::combined_with`]).
#[derive(Debug, Clone, Default)]
pub struct Policy {
    rules: Vec<Rule>,
}

impl Policy {
    /// The policy that the directory holds, for all accounts or for one.
    pub fn of_directory(policies: &AccountPolicies, scope: Scope) -> Self {
        let categories = [
            (Category::Authentication, &policies.authentication),
            (Category::PasswordChange, &policies.password_change),
            (Category::PasswordContent, &policies.password_content),
        ];
        let rules = categories.into_iter().flat_map(|(category, policies)| {
            let read = move |policy| Rule::from_account_policy(policy, category, scope);
            policies.iter().map(read)
        });
        Self::default().with(rules)
    }

    /// The policy that an MDM's settings come to.
    pub fn of_settings(settings: &PasscodeSettings) -> Self {
        Self::default().with(Rule::from_settings(settings))
    }

    /// The rules of both. What both say counts once.
    #[must_use]
    pub fn and(self, other: Self) -> Self {
        self.with(other.rules)
    }

    /// Every rule.
    pub fn rules(&self) -> &[Rule] {
        &self.rules
    }

    /// The rules of one category.
    pub(crate) fn rules_about(&self, category: Category) -> impl Iterator<Item = &Rule> {
        self.rules.iter().filter(move |rule| rule.category() == category)
    }

    fn with(mut self, more: impl IntoIterator<Item = Rule>) -> Self {
        for rule in more {
            if !self.rules.iter().any(|known| known.repeats(&rule)) {
                self.rules.push(rule);
            }
        }
        self
    }
}
