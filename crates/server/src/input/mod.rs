//! Bodies, read field by field: each field has a rule with words of its own, and a refusal names the field and the rule and
//! never what was sent. Secrets are read out of the body, which is zeroised, into memory that is zeroised as well.

mod body;
mod csv;
mod fields;
mod form;
mod path;
mod query;
mod reason;
mod rule;
mod secret;
mod upload;

pub(crate) use body::{LongSecretBody, SecretBody, read as read_secret_body};
pub(crate) use csv::SecretCsv;
pub(crate) use fields::Fields;
pub(crate) use form::SecretForm;
pub(crate) use path::{PathOf, PathOfTwo};
pub(crate) use query::QueryOf;
pub(crate) use reason::{OptionalReason, ReasonInput};
pub(crate) use rule::{
    ACCOUNT_NAME, ACCOUNT_NAMES, ALPHABET, ATTRIBUTE_VALUE, BYPASSES, COUNT, DAYS, EMAIL_ADDRESS, FINDING,
    FLAG, FULL_NAME, GRACE, ID, KIND, LONGEST_REASON, OWNER, PASSWORD_LENGTH, PERCENT, PERSON_NAME,
    PERSON_ROLE, PLAIN_ACCOUNT_NAME, PLAIN_FULL_NAME, REASON, RETENTION, ROLE, ROTATION_DAYS, Rule, SAID,
    SCHEDULE, SCOPES, SECONDS, SERIAL_NUMBER, TEXT, TEXTS, TIME, TOKEN_NAME, UID, WAY, is_token_name,
};
pub(crate) use secret::take as take_secret;
pub(crate) use upload::SecretUpload;
