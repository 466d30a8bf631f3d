//! The Mac's password policy, as `pwpolicy` tells it and the rules on passwords take it.

use mac::pwpolicy::{self, PolicySet};
use mac::{Error, Runner};
use password_policy::{
    AccountPolicies, AccountPolicy, AttemptLimit, CannotGenerate, CustomRegex, Parameter, PasscodeSettings,
    Policy, Scope, Subject, When,
};
use rand_core::CryptoRng;
use secrecy::SecretString;
use trust::lock_out::LockOutRule;
use trust::observation::PasswordOutlook;
use trust::service_account::RECORD_NAME;
use trust::service_account::policy_conflict::{ObstructingRule, RuleOrigin};
use trust::time::Timestamp;

/// What `pwpolicy` is called in evidence.
pub const GET_POLICIES: &str = "pwpolicy -getaccountpolicies";

/// Reads the policy that holds for every account of this Mac. An account that is yet to be made has no other.
///
/// # Errors
/// When the tool could not be run to its end, or its answer cannot be read.
pub fn of_all_accounts(runner: &dyn Runner) -> Result<Policy, Error> {
    Ok(Policy::of_directory(&told(runner)?, Scope::AllAccounts))
}

fn told(runner: &dyn Runner) -> Result<AccountPolicies, Error> {
    Ok(account_policies(pwpolicy::policies(runner, None)?))
}

/// What the Mac's policy means for passwords that the agent makes. Working that out takes long, so it is done when the policy
/// has changed.
#[derive(Debug)]
pub struct Outlook {
    told: AccountPolicies,
    policy: Policy,
    /// When it was asked for.
    pub at: Timestamp,
    /// Whether a password can be made.
    pub password: PasswordOutlook,
}

impl Outlook {
    /// Asks the Mac, and works out what is new.
    ///
    /// # Errors
    /// As [`of_all_accounts`].
    pub fn look(
        runner: &dyn Runner,
        before: Option<Self>,
        mut random: &mut dyn CryptoRng,
        now: Timestamp,
    ) -> Result<Self, Error> {
        let told = told(runner)?;
        if let Some(before) = before
            && before.told == told
        {
            return Ok(Self { at: now, ..before });
        }
        let policy = Policy::of_directory(&told, Scope::AllAccounts);
        let password = match draw(&policy, &mut random) {
            Ok(_) => PasswordOutlook::Possible,
            Err(why) => outlook(&why),
        };
        Ok(Self {
            told,
            policy,
            at: now,
            password,
        })
    }

    /// How many wrong passwords in a row a machine may cause on an account; `None` is without limit.
    pub fn machine_attempts(&self) -> Option<u32> {
        self.policy.attempt_limit().machine_budget()
    }

    /// When wrong passwords lock an account, and for how long.
    pub fn lock_out_rule(&self) -> LockOutRule {
        match self.policy.attempt_limit() {
            AttemptLimit::None => LockOutRule::Never,
            AttemptLimit::Locks { after, for_s, .. } => LockOutRule::Locks { after, for_s },
            AttemptLimit::CannotTell(_) => LockOutRule::CannotTell,
        }
    }

    /// When a password that was set then has to be changed; `None` when no rule asks for it or it cannot be told.
    pub fn expires_at(&self, password_set_at: Timestamp) -> Option<Timestamp> {
        match self.policy.password_expiry(password_set_at.as_millis() / 1_000) {
            When::At { at_s, .. } => Some(Timestamp(at_s.saturating_mul(1_000))),
            When::Never | When::CannotTell(_) => None,
        }
    }
}

/// Makes a password for the service account that the policy takes.
///
/// # Errors
/// When none can be made, or none was found.
pub fn draw(policy: &Policy, random: &mut impl CryptoRng) -> Result<SecretString, CannotGenerate> {
    let generator = policy.generator(Subject::new_account(RECORD_NAME))?;
    Ok(generator.draw(random)?.password)
}

/// Makes a password for `account` of so many of these characters, none of which has a meaning of its own in a character class,
/// that the policy takes.
///
/// # Errors
/// As [`draw`].
pub fn draw_of(
    policy: Policy,
    account: &str,
    (characters, length): (&str, u8),
    random: &mut impl CryptoRng,
) -> Result<SecretString, CannotGenerate> {
    let wanted = PasscodeSettings {
        custom_regexes: vec![CustomRegex {
            regex: format!("^[{characters}]{{{length}}}$"),
            description: Some(format!(
                "Has {length} characters of those that the organisation wants."
            )),
        }],
        ..PasscodeSettings::default()
    };
    let policy = policy.and(Policy::of_settings(&wanted));
    let generator = policy.generator(Subject::new_account(account))?;
    Ok(generator.draw(random)?.password)
}

fn outlook(why: &CannotGenerate) -> PasswordOutlook {
    match why {
        CannotGenerate::Conflict(conflict) => PasswordOutlook::Conflict {
            rules: conflict
                .rules
                .iter()
                .map(|rule| ObstructingRule {
                    words: rule.words().to_owned(),
                    origin: RuleOrigin::of_identifier(rule.identifier()),
                })
                .collect(),
        },
        CannotGenerate::TooComplex | CannotGenerate::NotFound => {
            PasswordOutlook::CannotTell { why: why.to_string() }
        }
    }
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
