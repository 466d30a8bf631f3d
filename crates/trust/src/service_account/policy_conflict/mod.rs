//! When the Mac's password policy leaves no password for the service account: who set the rules that are in the way, and
//! what can be chosen to get past them.
//!
//! Which rules these are is worked out by the crate `password-policy`; a policy that leaves any password at all is no
//! conflict, however strict it is.

mod retry;

pub use retry::{Retry, retry_after};

use serde::{Deserialize, Serialize};

use crate::fact::Fact;
use crate::mdm::{ONE_MDM_ONLY, Registered};
use crate::observation::{MdmEnrolment, Observation};

/// A rule that is in the way.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct ObstructingRule {
    /// The rule, for people.
    pub words: String,
    /// Who set it.
    pub origin: RuleOrigin,
}

impl ObstructingRule {
    /// The rule and who set it, as a part of a sentence.
    pub fn phrase(&self) -> String {
        format!("{}, {}", self.words.trim_end_matches('.'), self.origin.words())
    }
}

/// Who set a rule.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(tag = "by", rename_all = "snake_case")]
pub enum RuleOrigin {
    /// A passcode profile.
    Profile {
        /// Its payload's UUID.
        payload: String,
    },
    /// macOS itself.
    System,
    /// Somebody at the Mac, or a script.
    Hand,
}

impl RuleOrigin {
    /// Who set the rule of this identifier.
    pub fn of_identifier(identifier: Option<&str>) -> Self {
        let identifier = identifier.unwrap_or_default();
        if let Some(rest) = identifier.strip_prefix("ProfilePayload:") {
            let payload = rest.split(':').next().unwrap_or_default().to_owned();
            return Self::Profile { payload };
        }
        if identifier.starts_with("com.apple.") {
            return Self::System;
        }
        Self::Hand
    }

    /// Who set it, for people.
    pub fn words(&self) -> String {
        match self {
            Self::Profile { payload } => format!("set by the profile with the payload {payload}"),
            Self::System => "macOS's own".to_owned(),
            Self::Hand => "set on the Mac itself".to_owned(),
        }
    }
}

/// A way past the rules.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum Workaround {
    /// The MDM sends the policy to other Macs, but not to this one.
    ExcludeMac,
    /// The policy goes, or the rules in it that are in the way.
    RemovePolicy,
    /// Bestow manages the Mac in the place of the MDM that sends the policy.
    BecomeMdm,
}

impl Workaround {
    /// Every way, the smallest change first.
    pub const ALL: [Self; 3] = [Self::ExcludeMac, Self::RemovePolicy, Self::BecomeMdm];

    /// The way's word, as in its JSON.
    pub fn word(self) -> &'static str {
        match self {
            Self::ExcludeMac => "exclude_mac",
            Self::RemovePolicy => "remove_policy",
            Self::BecomeMdm => "become_mdm",
        }
    }

    /// The way of this word.
    pub fn from_word(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|way| way.word() == word)
    }

    /// The way in a few words, for people.
    pub fn label(self) -> &'static str {
        match self {
            Self::ExcludeMac => "Exclude this Mac from the policy",
            Self::RemovePolicy => "Remove the policy",
            Self::BecomeMdm => "Make Bestow the MDM of this Mac",
        }
    }

    /// What else comes of it.
    pub fn consequence(self) -> &'static str {
        match self {
            Self::ExcludeMac => "People on this Mac may choose weaker passwords; other Macs keep the policy.",
            Self::RemovePolicy => "Everybody who had the policy may choose weaker passwords.",
            Self::BecomeMdm => ONE_MDM_ONLY,
        }
    }
}

/// One way past the rules, on one Mac.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Choice {
    /// The way.
    pub workaround: Workaround,
    /// What has to hold for it.
    pub preconditions: Vec<Precondition>,
    /// What a person does, in order. The service account is tried again when the rules have gone from the Mac.
    pub steps: Vec<String>,
}

impl Choice {
    /// Whether it can be taken: nothing is known to be against it.
    pub fn is_open(&self) -> bool {
        self.against().is_none()
    }

    /// The first thing that is known to be against it.
    pub fn against(&self) -> Option<&Precondition> {
        self.preconditions
            .iter()
            .find(|precondition| precondition.holds == Some(false))
    }
}

/// Something that has to hold for a way.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Precondition {
    /// What has to hold, for people.
    pub demand: String,
    /// Whether it does; `None` when that is not known.
    pub holds: Option<bool>,
    /// What was seen.
    pub saw: String,
}

/// The ways past `rules` on the Mac that `observation` saw. `our_mdm` is the address of Bestow's own MDM, where it has one.
pub fn choices(rules: &[ObstructingRule], observation: &Observation, our_mdm: Option<&str>) -> Vec<Choice> {
    let mac = Mac {
        rules,
        told: &observation.mdm,
        mdm: observation.mdm.value(),
        our_mdm,
    };
    Workaround::ALL
        .into_iter()
        .map(|workaround| mac.choice(workaround))
        .collect()
}

struct Mac<'a> {
    rules: &'a [ObstructingRule],
    told: &'a Fact<MdmEnrolment>,
    mdm: Option<&'a MdmEnrolment>,
    our_mdm: Option<&'a str>,
}

impl Mac<'_> {
    fn choice(&self, workaround: Workaround) -> Choice {
        let (preconditions, steps) = match workaround {
            Workaround::ExcludeMac => (
                vec![self.sent_by_an_mdm(), self.has_an_mdm()],
                vec![
                    format!(
                        "In {}, take this Mac out of the scope of {}.",
                        self.mdm_name(),
                        self.profiles()
                    ),
                    "Wait until the Mac has taken the profile off.".to_owned(),
                ],
            ),
            Workaround::RemovePolicy => (vec![self.can_be_removed()], self.removal()),
            Workaround::BecomeMdm => (
                vec![self.sent_by_an_mdm(), self.is_not_ours(), self.we_are_an_mdm()],
                vec![
                    format!("In {}, release this Mac.", self.mdm_name()),
                    "Enrol it with Bestow.".to_owned(),
                    "Send it a policy that leaves room for a password.".to_owned(),
                ],
            ),
        };
        Choice {
            workaround,
            preconditions,
            steps,
        }
    }

    fn of_profiles(&self) -> impl Iterator<Item = &str> {
        self.rules.iter().filter_map(|rule| match &rule.origin {
            RuleOrigin::Profile { payload } => Some(payload.as_str()),
            RuleOrigin::System | RuleOrigin::Hand => None,
        })
    }

    /// An MDM that no longer sends its rules is a way only when they are in the way.
    fn sent_by_an_mdm(&self) -> Precondition {
        let sent = self.of_profiles().next().is_some();
        Precondition {
            demand: "A profile set at least one of the rules".to_owned(),
            holds: Some(sent),
            saw: match sent {
                true => self.profiles(),
                false => "they were set on the Mac itself".to_owned(),
            },
        }
    }

    fn has_an_mdm(&self) -> Precondition {
        Precondition {
            demand: "An MDM manages the Mac".to_owned(),
            holds: self.mdm.map(|mdm| mdm.enrolled),
            saw: self.saw_mdm(),
        }
    }

    fn is_not_ours(&self) -> Precondition {
        let ours = self.mdm.map(|mdm| {
            let address = mdm.server_url.as_deref();
            mdm.enrolled && address.is_some() && address == self.our_mdm
        });
        Precondition {
            demand: "Another MDM than Bestow manages the Mac".to_owned(),
            holds: ours.map(|ours| !ours),
            saw: self.saw_mdm(),
        }
    }

    fn we_are_an_mdm(&self) -> Precondition {
        Precondition {
            demand: "Bestow is set up as an MDM".to_owned(),
            holds: Some(self.our_mdm.is_some()),
            saw: self.our_mdm.unwrap_or("it is not").to_owned(),
        }
    }

    fn can_be_removed(&self) -> Precondition {
        let of_the_system = self.rules.iter().find(|rule| rule.origin == RuleOrigin::System);
        Precondition {
            demand: "None of the rules is macOS's own".to_owned(),
            holds: Some(of_the_system.is_none()),
            saw: of_the_system.map_or_else(|| "none is".to_owned(), |rule| rule.words.clone()),
        }
    }

    fn removal(&self) -> Vec<String> {
        let mut steps = Vec::new();
        if self.of_profiles().next().is_some() {
            let (mdm, profiles) = (self.mdm_name(), self.profiles());
            steps.push(format!(
                "In {mdm}, remove {profiles}, or the rules in it that are in the way."
            ));
        }
        if self.rules.iter().any(|rule| rule.origin == RuleOrigin::Hand) {
            steps.push(
                "On the Mac, save what `pwpolicy -getaccountpolicies` prints, take the rules out of it, and put the rest \
                 back with `pwpolicy -setaccountpolicies FILE`."
                    .to_owned(),
            );
        }
        steps
    }

    fn profiles(&self) -> String {
        let mut payloads: Vec<&str> = self.of_profiles().collect();
        payloads.sort_unstable();
        payloads.dedup();
        match payloads[..] {
            [only] => format!("the profile with the payload {only}"),
            _ => format!("the profiles with the payloads {}", payloads.join(", ")),
        }
    }

    fn mdm_name(&self) -> String {
        let address = self.mdm.and_then(|mdm| mdm.server_url.as_deref());
        let mdm = address.map_or_else(|| "the MDM".to_owned(), |address| format!("the MDM at {address}"));
        match Registered::of(self.told) {
            Registered::With {
                vendor: Some(vendor), ..
            } => format!("{vendor}, {mdm}"),
            _ => mdm,
        }
    }

    fn saw_mdm(&self) -> String {
        match self.mdm {
            Some(mdm) if mdm.enrolled => mdm.server_url.clone().unwrap_or_else(|| "enrolled".to_owned()),
            Some(_) => "no MDM is enrolled".to_owned(),
            None => "the Mac did not tell".to_owned(),
        }
    }
}
