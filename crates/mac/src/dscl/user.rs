//! User records.

use std::time::SystemTime;

use plist::Dictionary;

use super::{AccountPolicy, Authority, LOCAL, first_value, user_path, values};
use crate::text::excerpt;
use crate::{AccountName, Answer, Arg, Call, Error, Runner, Tool, xml_plist};

/// The attributes that are read, and nothing else: a record can hold a picture of megabytes and a password hash.
const ATTRIBUTES: [&str; 10] = [
    "RecordName",
    "RealName",
    "GeneratedUID",
    "UniqueID",
    "PrimaryGroupID",
    "NFSHomeDirectory",
    "UserShell",
    "IsHidden",
    "AuthenticationAuthority",
    "accountPolicyData",
];

/// One user record of the local directory. Any attribute can be missing.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct UserRecord {
    /// The short name.
    pub record_name: String,
    /// Other names of the same record.
    pub aliases: Vec<String>,
    /// The full name that people see.
    pub real_name: Option<String>,
    /// The `GeneratedUID`, as it stands.
    pub guid: Option<String>,
    /// The `UniqueID`. Negative for `nobody`.
    pub uid: Option<i64>,
    /// The `PrimaryGroupID`.
    pub gid: Option<i64>,
    /// The home folder.
    pub home: Option<String>,
    /// The login shell.
    pub shell: Option<String>,
    /// Whether the record asks the login window to hide it.
    pub hidden: bool,
    /// How the account can authenticate.
    pub authorities: Vec<Authority>,
    /// What the password policy remembers of it.
    pub policy: AccountPolicy,
}

impl UserRecord {
    /// When the password was last set.
    pub fn password_set_at(&self) -> Option<SystemTime> {
        self.policy.password_set_at
    }

    fn read(record: &Dictionary) -> Option<Self> {
        let mut names = values(record, "RecordName").into_iter();
        let number = |attribute| first_value(record, attribute).and_then(|value| value.trim().parse().ok());
        let policy = first_value(record, "accountPolicyData").and_then(|text| AccountPolicy::parse(&text));
        Some(Self {
            record_name: names.next()?,
            aliases: names.collect(),
            real_name: first_value(record, "RealName"),
            guid: first_value(record, "GeneratedUID"),
            uid: number("UniqueID"),
            gid: number("PrimaryGroupID"),
            home: first_value(record, "NFSHomeDirectory"),
            shell: first_value(record, "UserShell"),
            hidden: first_value(record, "IsHidden").is_some_and(|value| is_yes(&value)),
            authorities: values(record, "AuthenticationAuthority")
                .iter()
                .map(|value| Authority::parse(value))
                .collect(),
            policy: policy.unwrap_or_default(),
        })
    }
}

fn is_yes(value: &str) -> bool {
    ["1", "yes", "true"].contains(&value.trim().to_ascii_lowercase().as_str())
}

/// Reads all user records in one call: people, hidden accounts and the system's own.
///
/// # Errors
/// When the tool could not be run to its end, or its answer cannot be read.
pub fn users(runner: &dyn Runner) -> Result<Vec<UserRecord>, Error> {
    let answer = read(runner, "-readall", Arg::from("/Users"))?;
    parse_users(&answer.stdout.text()).ok_or_else(|| unreadable(&answer))
}

/// Reads one user record; `None` when there is no such record.
///
/// # Errors
/// As [`users`].
pub fn user(runner: &dyn Runner, name: &AccountName) -> Result<Option<UserRecord>, Error> {
    let answer = read(runner, "-read", user_path(name)?)?;
    if super::status_of(&answer) == Some(crate::open_directory::DsStatus::RECORD_NOT_FOUND) {
        return Ok(None);
    }
    let record =
        xml_plist::read_dictionary(&answer.stdout.text()).and_then(|record| UserRecord::read(&record));
    record.map(Some).ok_or_else(|| unreadable(&answer))
}

/// The records in the property list that `-readall` prints. A record without a name is left out.
pub fn parse_users(text: &str) -> Option<Vec<UserRecord>> {
    let records = xml_plist::read(text)?.into_array()?;
    Some(
        records
            .iter()
            .filter_map(plist::Value::as_dictionary)
            .filter_map(UserRecord::read)
            .collect(),
    )
}

fn read(runner: &dyn Runner, command: &'static str, path: Arg) -> Result<Answer, Error> {
    let fixed = ["-plist", LOCAL, command].map(Arg::from);
    let args = fixed.into_iter().chain([path]).chain(ATTRIBUTES.map(Arg::from));
    runner
        .run(&Call::new(Tool::Dscl, args))
        .map_err(Error::run(Tool::Dscl))
}

fn unreadable(answer: &Answer) -> Error {
    Error::Unreadable {
        tool: Tool::Dscl,
        exit: answer.exit,
        said: excerpt(&answer.everything_said()),
    }
}

#[cfg(test)]
mod tests {
    use super::{Authority, parse_users};

    #[test]
    fn a_record_is_read_with_every_attribute_it_has() {
        let list = r#"<?xml version="1.0" encoding="UTF-8"?><plist version="1.0"><array><dict>
            <key>dsAttrTypeStandard:RecordName</key><array><string>ann</string><string>ann@icloud</string></array>
            <key>dsAttrTypeStandard:RealName</key><array><string>Ann "is ENABLED" O'Neil; 100% 🔑</string></array>
            <key>dsAttrTypeStandard:GeneratedUID</key><array><string>2DB09770-999B-43FB-99AF-2B878E4FE971</string></array>
            <key>dsAttrTypeStandard:UniqueID</key><array><string>501</string></array>
            <key>dsAttrTypeNative:IsHidden</key><array><string>YES</string></array>
            <key>dsAttrTypeStandard:AuthenticationAuthority</key>
            <array><string>;ShadowHash;HASHLIST:&lt;SALTED-SHA512-PBKDF2&gt;</string><string>;SecureToken;</string></array>
            <key>dsAttrTypeNative:accountPolicyData</key><array><string>&lt;?xml version="1.0"?&gt;&lt;plist
            version="1.0"&gt;&lt;dict&gt;&lt;key&gt;failedLoginCount&lt;/key&gt;&lt;integer&gt;2&lt;/integer&gt;&lt;/dict&gt;&lt;/plist&gt;</string></array>
            </dict><dict><key>dsAttrTypeStandard:RecordName</key><array><string>nobody</string></array>
            <key>dsAttrTypeStandard:UniqueID</key><array><string>-2</string></array></dict>
            <dict/></array></plist>"#;
        let users = parse_users(list).expect("records");
        assert_eq!(users.len(), 2);
        assert_eq!(
            (users[0].record_name.as_str(), users[0].aliases.as_slice()),
            ("ann", &["ann@icloud".to_owned()][..])
        );
        assert_eq!(
            users[0].real_name.as_deref(),
            Some("Ann \"is ENABLED\" O'Neil; 100% 🔑")
        );
        assert_eq!((users[0].uid, users[0].hidden), (Some(501), true));
        assert!(users[0].authorities.contains(&Authority::SecureToken));
        assert_eq!(users[0].policy.failed_login_count, Some(2));
        assert_eq!((users[1].uid, users[1].hidden), (Some(-2), false));
    }
}
