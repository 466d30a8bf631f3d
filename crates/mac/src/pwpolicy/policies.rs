//! `pwpolicy -getaccountpolicies`.

use std::collections::BTreeMap;

use plist::{Dictionary, Value};

use crate::text::excerpt;
use crate::xml_plist::{dictionaries, read_dictionary, text};
use crate::{AccountName, Answer, Arg, Call, Error, Runner, Tool};

/// The rules of a password policy, by what they are for. All empty when there is no policy.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct PolicySet {
    /// When an account may authenticate.
    pub authentication: Vec<Rule>,
    /// When a password must be changed.
    pub password_change: Vec<Rule>,
    /// What a password must look like.
    pub password_content: Vec<Rule>,
}

/// One rule.
#[derive(Clone, Debug, PartialEq)]
pub struct Rule {
    /// Its identifier: `ProfilePayload:<UUID>:minLength` for one that an MDM has set.
    pub identifier: Option<String>,
    /// The predicate, such as `policyAttributePassword matches '.{7,}'`.
    pub content: String,
    /// The values of names in the predicate.
    pub parameters: BTreeMap<String, Parameter>,
    /// What people are told, in the language that comes first.
    pub description: Option<String>,
}

/// The value of a name in a predicate.
#[derive(Clone, Debug, PartialEq)]
pub enum Parameter {
    /// A whole number.
    Integer(i64),
    /// A number.
    Real(f64),
    /// Yes or no.
    Flag(bool),
    /// A text.
    Text(String),
    /// Something else.
    Other,
}

/// Reads the policy of this Mac, or the part of it that is an account's own.
///
/// # Errors
/// When the tool could not be run to its end, or its answer cannot be read.
pub fn policies(runner: &dyn Runner, account: Option<&AccountName>) -> Result<PolicySet, Error> {
    let mut args = Vec::new();
    if let Some(account) = account {
        let name = Arg::value(account.as_str()).map_err(Error::bad_arg(Tool::Pwpolicy))?;
        args.extend([Arg::from("-u"), name]);
    }
    args.push(Arg::from("-getaccountpolicies"));
    let answer = runner
        .run(&Call::new(Tool::Pwpolicy, args))
        .map_err(Error::run(Tool::Pwpolicy))?;
    let said = answer.everything_said();
    let policies = PolicySet::parse(&said).or_else(|| says_nothing(&answer).then(PolicySet::default));
    policies.ok_or_else(|| Error::Unreadable {
        tool: Tool::Pwpolicy,
        exit: answer.exit,
        said: excerpt(&said),
    })
}

/// Whether the tool ended well after its banner: an account without a policy of its own.
fn says_nothing(answer: &Answer) -> bool {
    let said = answer.stdout.text();
    let banner = said.starts_with("Getting ")
        && said.contains("account policies")
        && said.trim_end().lines().count() == 1;
    answer.exit.is_zero() && banner && said.ends_with('\n')
}

impl PolicySet {
    /// Reads what the tool prints: a banner and a property list, or that there is no policy.
    pub fn parse(said: &str) -> Option<Self> {
        let Some(policy) = read_dictionary(said) else {
            let none = said.contains("account policies have been set") && !said.contains("<?xml");
            return none.then(Self::default);
        };
        let rules = |category| {
            dictionaries(&policy, category)
                .into_iter()
                .map(Rule::read)
                .collect()
        };
        Some(Self {
            authentication: rules("policyCategoryAuthentication"),
            password_change: rules("policyCategoryPasswordChange"),
            password_content: rules("policyCategoryPasswordContent"),
        })
    }
}

impl Rule {
    /// A rule without a predicate keeps its place with an empty one: it must not be overlooked.
    fn read(rule: &Dictionary) -> Self {
        let dictionary = |key| rule.get(key).and_then(Value::as_dictionary);
        let parameters = dictionary("policyParameters").into_iter().flatten();
        let descriptions = dictionary("policyContentDescription");
        let default = descriptions.and_then(|texts| text(texts, "policyDefaultContentDescription"));
        let english = || descriptions.and_then(|texts| text(texts, "en"));
        let any =
            || descriptions.and_then(|texts| texts.values().find_map(Value::as_string).map(str::to_owned));
        Self {
            identifier: text(rule, "policyIdentifier"),
            content: text(rule, "policyContent").unwrap_or_default(),
            parameters: parameters
                .map(|(name, value)| (name.clone(), Parameter::read(value)))
                .collect(),
            description: default.or_else(english).or_else(any),
        }
    }
}

impl Parameter {
    fn read(value: &Value) -> Self {
        match value {
            Value::Integer(number) => number.as_signed().map_or(Self::Other, Self::Integer),
            Value::Real(number) => Self::Real(*number),
            Value::Boolean(flag) => Self::Flag(*flag),
            Value::String(text) => Self::Text(text.clone()),
            _ => Self::Other,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{PolicySet, says_nothing};
    use crate::{Answer, Exit};

    #[test]
    fn a_policy_that_is_cut_off_is_not_no_policy() {
        let cut = "Getting global account policies\n<?xml version=\"1.0\"?><plist><dict>\
                   <string>No global account policies have been set.</string>";
        assert_eq!(PolicySet::parse(cut), None);
        assert_eq!(PolicySet::parse(""), None);
    }

    #[test]
    fn a_banner_alone_is_no_policy_when_the_tool_ended_well() {
        let banner = "Getting account policies for user ann\n";
        assert!(says_nothing(&Answer::new(Exit::Code(0), banner, "")));
        assert!(!says_nothing(&Answer::new(Exit::Signal(9), banner, "")));
        assert!(!says_nothing(&Answer::new(Exit::Code(0), "", "")));
        assert!(!says_nothing(&Answer::new(
            Exit::Code(0),
            format!("{banner}<?xml"),
            ""
        )));
    }
}
