//! Rules that a field must keep, in words and in code.

use newtype_uuid::{TypedUuid, TypedUuidKind};
use serde_json::value::RawValue;
use trust::access::{Permission, PersonName, Rights, Role};
use trust::action::{AccountRole, Kind};
use trust::attention::{Grace, Owner};
use trust::code::Code;
use trust::enrolment::{AttributeValue, EmailAddress, SerialNumber};
use trust::escrow::{Retention, Schedule};
use trust::finding::Severity;
use trust::id::ActionKind;
use trust::local_administrator::{Alphabet, Settings};
use trust::name::{AccountName, FullName};
use trust::recovery::Way;
use trust::time::Timestamp;
use trust::wildcard::Templated;

/// One rule. Its words read on from the field's name.
pub(crate) struct Rule<T> {
    /// The rule in words.
    pub says: &'static str,
    /// The value, when it keeps the rule.
    pub read: fn(&RawValue) -> Option<T>,
}

/// Any text.
pub(crate) const TEXT: Rule<String> = Rule {
    says: "is a text",
    read: text,
};

/// The kind of an action.
pub(crate) const KIND: Rule<Kind> = Rule {
    says: "is a kind of action: `GET /api/v1/action-kinds` lists them",
    read: |value| Kind::from_word(&text(value)?),
};

/// The name that people see, or a text with wildcards.
pub(crate) const FULL_NAME: Rule<Templated<FullName>> = Rule {
    says: "is a full name: 1 to 255 bytes, not blank, without control characters, not beginning with a hyphen; or a text with wildcards",
    read: |value| text(value)?.parse().ok(),
};

/// What an account may do.
pub(crate) const ROLE: Rule<AccountRole> = Rule {
    says: "is `standard` or `administrator`",
    read: |value| serde_json::from_str(value.get()).ok(),
};

/// The name by which a person signs in.
pub(crate) const PERSON_NAME: Rule<PersonName> = Rule {
    says: "has 1 to 64 letters a to z, digits and . _ - + @",
    read: |value| text(value)?.parse().ok(),
};

/// What a person is, or a program.
pub(crate) const PERSON_ROLE: Rule<Role> = Rule {
    says: "is `viewer`, `help_desk`, `auditor`, `administrator` or `owner`",
    read: |value| Role::from_word(&text(value)?),
};

/// Some permissions.
pub(crate) const SCOPES: Rule<Rights> = Rule {
    says: "is a list of one or more of `read`, `read_audit`, `act`, `act_on_many`, `enrol`, `set_policies`, `reveal`, `legal_hold` and `manage_people`",
    read: |value| {
        let scopes: Vec<Permission> = serde_json::from_str(value.get()).ok()?;
        (!scopes.is_empty()).then(|| Rights::of(&scopes))
    },
};

/// The name of a program's token.
pub(crate) const TOKEN_NAME: Rule<String> = Rule {
    says: "has 1 to 64 letters a to z, digits and . _ -",
    read: |value| text(value).filter(|name| is_token_name(name)),
};

/// Whether a text keeps the rule of [`TOKEN_NAME`].
pub(crate) fn is_token_name(text: &str) -> bool {
    let fits = |c: char| c.is_ascii_alphanumeric() || "._-".contains(c);
    (1..=64).contains(&text.len()) && text.chars().all(fits)
}

/// Yes or no.
pub(crate) const FLAG: Rule<bool> = Rule {
    says: "is true or false",
    read: |value| serde_json::from_str(value.get()).ok(),
};

/// An account's record name, or a text with wildcards.
pub(crate) const ACCOUNT_NAME: Rule<Templated<AccountName>> = Rule {
    says: "is a record name: 1 to 244 bytes without control characters, slashes or colons, not beginning with a hyphen or a full stop; or a text with wildcards",
    read: |value| text(value)?.parse().ok(),
};

/// An account's user id.
pub(crate) const UID: Rule<i64> = Rule {
    says: "is a user id: a whole number",
    read: |value| serde_json::from_str(value.get()).ok(),
};

/// An account's record name, and no wildcards.
pub(crate) const PLAIN_ACCOUNT_NAME: Rule<AccountName> = Rule {
    says: "is a record name: 1 to 244 bytes without control characters, slashes or colons, not beginning with a hyphen or a full stop",
    read: |value| text(value)?.parse().ok(),
};

/// The name that people see, and no wildcards.
pub(crate) const PLAIN_FULL_NAME: Rule<FullName> = Rule {
    says: "is a full name: 1 to 255 bytes, not blank, without control characters, not beginning with a hyphen",
    read: |value| text(value)?.parse().ok(),
};

/// A Mac's serial number.
pub(crate) const SERIAL_NUMBER: Rule<SerialNumber> = Rule {
    says: "has 1 to 64 printable ASCII characters without blanks and slashes",
    read: |value| text(value)?.parse().ok(),
};

/// An e-mail address.
pub(crate) const EMAIL_ADDRESS: Rule<EmailAddress> = Rule {
    says: "is an e-mail address: something before and after its @, no blanks, at most 254 bytes",
    read: |value| text(value)?.parse().ok(),
};

/// The value of an attribute.
pub(crate) const ATTRIBUTE_VALUE: Rule<AttributeValue> = Rule {
    says: "is a text of 1 to 255 bytes without control characters",
    read: |value| text(value)?.parse().ok(),
};

/// An action's id.
pub(crate) const ID: Rule<TypedUuid<ActionKind>> = Rule {
    says: "is a UUID",
    read: id,
};

/// A point in time.
pub(crate) const TIME: Rule<Timestamp> = Rule {
    says: "is a point in time in milliseconds since 1970",
    read: |value| serde_json::from_str(value.get()).ok().map(Timestamp),
};

/// A way back.
pub(crate) const WAY: Rule<Way> = Rule {
    says: "is a way back, such as `personal_recovery_key`",
    read: |value| Way::from_word(&text(value)?),
};

/// A span in seconds.
pub(crate) const SECONDS: Rule<u64> = Rule {
    says: "is a whole number of seconds",
    read: |value| serde_json::from_str(value.get()).ok(),
};

/// A number of devices.
pub(crate) const COUNT: Rule<u64> = Rule {
    says: "is a whole number from 1 to 1000000",
    read: |value| {
        let count = serde_json::from_str(value.get()).ok();
        count.filter(|count| (1..=1_000_000).contains(count))
    },
};

/// A share of a hundred.
pub(crate) const PERCENT: Rule<u8> = Rule {
    says: "is a whole number from 1 to 100",
    read: |value| {
        let percent = serde_json::from_str(value.get()).ok();
        percent.filter(|percent| (1..=100).contains(percent))
    },
};

/// A number of days.
pub(crate) const DAYS: Rule<u16> = Rule {
    says: "is a whole number from 1 to 365",
    read: |value| {
        let days = serde_json::from_str(value.get()).ok();
        days.filter(|days| (1..=365).contains(days))
    },
};

/// Record names of accounts.
pub(crate) const ACCOUNT_NAMES: Rule<Vec<AccountName>> = Rule {
    says: "is a list of record names of accounts",
    read: |value| serde_json::from_str(value.get()).ok(),
};

/// Several texts.
pub(crate) const TEXTS: Rule<Vec<String>> = Rule {
    says: "is a list of 1 to 20000 texts",
    read: |value| {
        let texts: Option<Vec<String>> = serde_json::from_str(value.get()).ok();
        texts.filter(|texts| (1..=20_000).contains(&texts.len()))
    },
};

/// Why something needs attention: the code of a finding.
pub(crate) const FINDING: Rule<Code> = Rule {
    says: "is the code of a finding",
    read: |value| Code::from_word(&text(value)?).filter(|code| Severity::of(*code).is_some()),
};

/// Who sees to a device.
pub(crate) const OWNER: Rule<Owner> = Rule {
    says: "has 1 to 100 characters, none of them a control character",
    read: |value| text(value)?.parse().ok(),
};

/// For how many days new devices are left in peace.
pub(crate) const GRACE: Rule<Grace> = Rule {
    says: "is a whole number from 0 to 365",
    read: |value| serde_json::from_str(value.get()).ok(),
};

/// How often turning FileVault on can be put off.
pub(crate) const BYPASSES: Rule<i16> = Rule {
    says: "is a whole number from 0 to 9999, or -1 for ever",
    read: |value| {
        let times = serde_json::from_str(value.get()).ok();
        times.filter(|times| (-1..=9999).contains(times))
    },
};

/// How often Macs get another recovery key.
pub(crate) const SCHEDULE: Rule<Schedule> = Rule {
    says: "is a whole number from 0 to 365",
    read: |value| serde_json::from_str(value.get()).ok(),
};

/// For how long what is kept of a forgotten Mac stays.
pub(crate) const RETENTION: Rule<Retention> = Rule {
    says: "is a whole number from 90 to 3650",
    read: |value| serde_json::from_str(value.get()).ok(),
};

/// How many characters a local administrator's password has.
pub(crate) const PASSWORD_LENGTH: Rule<u8> = Rule {
    says: "is a whole number from 12 to 64",
    read: |value| {
        let length = serde_json::from_str(value.get()).ok();
        length.filter(|length| (Settings::SHORTEST..=Settings::LONGEST).contains(length))
    },
};

/// What a local administrator's password is made of.
pub(crate) const ALPHABET: Rule<Alphabet> = Rule {
    says: "is `letters_and_digits` or `with_signs`",
    read: |value| Alphabet::from_word(&text(value)?),
};

/// After how many days a local administrator gets another password.
pub(crate) const ROTATION_DAYS: Rule<u16> = Rule {
    says: "is a whole number from 1 to 365",
    read: |value| {
        let days = serde_json::from_str(value.get()).ok();
        days.filter(|days| (1..=Settings::LONGEST_ROTATION_DAYS).contains(days))
    },
};

/// The longest reason, in characters.
pub(crate) const LONGEST_REASON: usize = 500;

/// A reason that has to be given.
pub(crate) const SAID: Rule<String> = Rule {
    says: "is a text of 1 to 500 characters",
    read: |value| {
        text(value).filter(|said| !said.trim().is_empty() && said.chars().count() <= LONGEST_REASON)
    },
};

/// A reason, in the caller's words.
pub(crate) const REASON: Rule<String> = Rule {
    says: "is a text of at most 500 characters",
    read: |value| text(value).filter(|reason| reason.chars().count() <= LONGEST_REASON),
};

fn text(value: &RawValue) -> Option<String> {
    serde_json::from_str(value.get()).ok()
}

fn id<K: TypedUuidKind>(value: &RawValue) -> Option<TypedUuid<K>> {
    text(value)?.parse().ok()
}
