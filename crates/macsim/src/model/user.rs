//! One account: its directory record, its directory password and its counters.

use serde::{Deserialize, Serialize};

use super::account_policy_data::AccountPolicyData;
use super::attributes::Attributes;
use super::clock::UnixMillis;
use super::password::PasswordVerifier;
use super::random::Random;

/// The value of `AuthenticationAuthority` that labels a holder. Only a label: the key decides.
pub const TOKEN_LABEL: &str = ";SecureToken;";
/// The value that keeps macOS from giving the account the automatic first token.
pub const DISABLED_TOKEN_LABEL: &str = ";DisabledTags;SecureToken";

/// A user record of the local node.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct User {
    /// Everything `dscl -read` shows, except what is computed from the other fields.
    pub attributes: Attributes,
    /// The directory password; `None` until one is set.
    pub password: Option<PasswordVerifier>,
    /// Earlier ones, the last first.
    pub former_passwords: Vec<PasswordVerifier>,
    /// Counters and dates.
    pub policy: AccountPolicyData,
    /// The password arrived as a ready-made hash, so that no first token was given for it.
    pub hash_made: bool,
}

impl User {
    /// An account without a password.
    pub fn new(
        name: &str,
        real_name: &str,
        uid: u32,
        gid: u32,
        now: UnixMillis,
        random: &mut Random,
    ) -> Self {
        let mut attributes = Attributes::default();
        attributes.set("AppleMetaNodeLocation", ["/Local/Default"]);
        attributes.set("GeneratedUID", [random.uuid()]);
        attributes.set("NFSHomeDirectory", [format!("/Users/{name}")]);
        attributes.set("Password", ["*"]);
        attributes.set("PrimaryGroupID", [gid.to_string()]);
        attributes.set("RealName", [real_name]);
        attributes.set("RecordName", [name]);
        attributes.set("RecordType", ["dsRecTypeStandard:Users"]);
        attributes.set("UniqueID", [uid.to_string()]);
        attributes.set("UserShell", ["/bin/zsh"]);
        let policy = AccountPolicyData {
            creation_time: now,
            ..AccountPolicyData::default()
        };
        Self {
            attributes,
            password: None,
            former_passwords: Vec::new(),
            policy,
            hash_made: false,
        }
    }

    /// The record name.
    #[must_use]
    pub fn name(&self) -> &str {
        self.attributes.first("RecordName")
    }

    /// The name for people; the record name when there is none.
    #[must_use]
    pub fn real_name(&self) -> &str {
        let real_name = self.attributes.first("RealName");
        if real_name.is_empty() {
            self.name()
        } else {
            real_name
        }
    }

    /// The `GeneratedUID`.
    #[must_use]
    pub fn guid(&self) -> &str {
        self.attributes.first("GeneratedUID")
    }

    /// The `UniqueID`; -2 (nobody) when the record has none.
    #[must_use]
    pub fn uid(&self) -> i64 {
        self.attributes.first("UniqueID").parse().unwrap_or(-2)
    }

    /// The primary group.
    #[must_use]
    pub fn gid(&self) -> i64 {
        self.attributes.first("PrimaryGroupID").parse().unwrap_or(-2)
    }

    /// The home folder's path.
    #[must_use]
    pub fn home(&self) -> &str {
        self.attributes.first("NFSHomeDirectory")
    }

    /// True if the record is labelled as a token holder.
    #[must_use]
    pub fn has_token_label(&self) -> bool {
        self.attributes.contains("AuthenticationAuthority", TOKEN_LABEL)
    }

    /// True if the automatic first token is barred.
    #[must_use]
    pub fn bars_first_token(&self) -> bool {
        self.attributes
            .contains("AuthenticationAuthority", DISABLED_TOKEN_LABEL)
    }

    /// True for `;DisabledUser;` accounts, whose password is never accepted.
    #[must_use]
    pub fn is_disabled(&self) -> bool {
        self.attributes
            .values("AuthenticationAuthority")
            .iter()
            .any(|value| value.starts_with(";DisabledUser;"))
    }

    /// True for accounts that come with macOS and nobody works in.
    #[must_use]
    pub fn is_built_in(&self) -> bool {
        self.guid().starts_with("FFFFEEEE-DDDD-CCCC-BBBB-AAAA")
    }

    /// Whether macOS would accept this as the account's password.
    #[must_use]
    pub fn accepts(&self, password: &str) -> bool {
        !self.is_disabled()
            && self
                .password
                .as_ref()
                .is_some_and(|verifier| verifier.accepts(password))
    }

    /// Whether this is one of the account's last so many passwords.
    #[must_use]
    pub fn has_had(&self, password: &str, last: usize) -> bool {
        let mut known = self.password.iter().chain(&self.former_passwords).take(last);
        known.any(|verifier| verifier.accepts(password))
    }

    /// Writes the password and its date, and nothing that belongs to the disk.
    pub fn store_password(&mut self, password: &str, now: UnixMillis, random: &mut Random) {
        let former = self.password.replace(PasswordVerifier::of(password, random));
        self.former_passwords.splice(0..0, former);
        self.former_passwords.truncate(LONGEST_HISTORY);
        self.policy.password_last_set_time = Some(now);
        self.policy.failed_login_count = 0;
        self.attributes.set("Password", ["********"]);
        self.attributes.merge("AuthenticationAuthority", SHADOW_HASH);
    }
}

/// As many earlier passwords as a policy can ask for.
const LONGEST_HISTORY: usize = 50;
const SHADOW_HASH: &str = ";ShadowHash;HASHLIST:<SALTED-SHA512-PBKDF2>";
