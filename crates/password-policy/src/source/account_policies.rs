//! Account policies as the directory holds them and `pwpolicy -getaccountpolicies` prints them.

use std::collections::BTreeMap;

use serde::{Deserialize, Deserializer};

/// The account policies of a Mac, or those of one account. Reads the property list that `pwpolicy` prints, and JSON of
/// the same form.
#[derive(Debug, Clone, Default, PartialEq, Deserialize)]
#[serde(default)]
pub struct AccountPolicies {
    /// When an account may authenticate: what must be true for it.
    #[serde(rename = "policyCategoryAuthentication")]
    pub authentication: Vec<AccountPolicy>,
    /// When a password has to be changed: what is true then.
    #[serde(rename = "policyCategoryPasswordChange")]
    pub password_change: Vec<AccountPolicy>,
    /// What a new password must be like: what must be true of it.
    #[serde(rename = "policyCategoryPasswordContent")]
    pub password_content: Vec<AccountPolicy>,
}

/// One account policy.
#[derive(Debug, Clone, Default, PartialEq, Deserialize)]
#[serde(default)]
pub struct AccountPolicy {
    /// Its identifier, such as `ProfilePayload:<UUID>:minLength` for one that an MDM has set.
    #[serde(rename = "policyIdentifier")]
    pub identifier: Option<String>,
    /// The predicate.
    #[serde(rename = "policyContent")]
    pub content: String,
    /// The values of names in the predicate.
    #[serde(rename = "policyParameters")]
    pub parameters: BTreeMap<String, Parameter>,
    /// What people are told.
    #[serde(rename = "policyContentDescription", deserialize_with = "one_language")]
    pub description: Option<String>,
}

/// The value of a name in a predicate.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(untagged)]
pub enum Parameter {
    /// Yes or no.
    Flag(bool),
    /// A number.
    Number(f64),
    /// A text.
    Text(String),
    /// Something else.
    Other(serde::de::IgnoredAny),
}

impl Parameter {
    /// The number that it is, when it is one.
    pub(crate) fn number(&self) -> Option<f64> {
        match self {
            Self::Flag(flag) => Some(f64::from(u8::from(*flag))),
            Self::Number(number) => Some(*number),
            Self::Text(_) | Self::Other(_) => None,
        }
    }
}

/// The sentence in the language that stands for all, or in English, or in any.
pub(super) fn for_people(mut texts: BTreeMap<String, String>) -> Option<String> {
    ["policyDefaultContentDescription", "default", "en", "en-US"]
        .iter()
        .find_map(|language| texts.remove(*language))
        .or_else(|| texts.into_values().next())
}

/// Reads a sentence that is there in several languages, or one alone.
fn one_language<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<String>, D::Error> {
    #[derive(Deserialize)]
    #[serde(untagged)]
    enum Texts {
        Languages(BTreeMap<String, String>),
        One(String),
    }
    Ok(match Option::deserialize(deserializer)? {
        Some(Texts::Languages(texts)) => for_people(texts),
        Some(Texts::One(text)) => Some(text),
        None => None,
    })
}
