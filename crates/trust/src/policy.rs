//! What an organisation turns on or off for every Mac.

/// A policy that is either on or off. Each is off until somebody turns it on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum OnOffPolicy {
    /// A standard account that holds a token may be an administrator for the moment of any grant.
    PromoteAdministrators,
    /// Nobody sees a secret that the vault keeps unless somebody else approves.
    RevealsNeedApproval,
    /// Whoever may see secrets, or say who may, signs in with a second factor.
    SecondFactorForReveals,
    /// Whoever uses a Mac holds a Secure Token on it.
    TokenForPrimaryUsers,
}

impl OnOffPolicy {
    /// The word for it, as it stands in the audit log.
    pub fn word(self) -> &'static str {
        match self {
            Self::PromoteAdministrators => "promote_administrators",
            Self::RevealsNeedApproval => "reveals_need_approval",
            Self::SecondFactorForReveals => "second_factor_for_reveals",
            Self::TokenForPrimaryUsers => "token_for_primary_users",
        }
    }

    /// Whether a Mac that does not keep it has a finding for that, so that Macs are diagnosed anew when it changes.
    pub fn has_findings(self) -> bool {
        match self {
            Self::PromoteAdministrators | Self::RevealsNeedApproval | Self::SecondFactorForReveals => false,
            Self::TokenForPrimaryUsers => true,
        }
    }
}
