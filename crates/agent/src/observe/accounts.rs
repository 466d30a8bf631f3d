//! The accounts of the Mac and what macOS says of their tokens.

use std::collections::{BTreeMap, BTreeSet};
use std::time::SystemTime;

use mac::dscl::{Authority, Group, UserRecord};
use mac::sysadminctl::TokenStatus;
use mac::{AccountName, Runner, dscl, sysadminctl};
use trust::fact::Fact;
use trust::observation::{Account, AccountKind, CryptoUser, TokenLabel};
use trust::service_account::RECORD_NAME as SERVICE_ACCOUNT;
use trust::time::Timestamp;

use super::fact;
use crate::answers;

/// Apple's built-in accounts have GUIDs of their own kind.
const APPLES_GUIDS: &str = "FFFFEEEE-DDDD-CCCC-BBBB-AAAA";

const FIRST_PERSON: i64 = 500;
const READ_USERS: &str = "dscl -readall /Users";
const STATUS: &str = "sysadminctl -secureTokenStatus";

/// What a look at the accounts starts from.
pub(super) struct Question<'a> {
    pub(super) now: Timestamp,
    pub(super) crypto_users: &'a Fact<Vec<CryptoUser>>,
    /// Labels of unchanged accounts that were read after this are not asked for again.
    pub(super) believed_since: Timestamp,
    pub(super) knows_tokens: bool,
}

/// Wrong passwords in a row that macOS has counted of an account, and when the last was.
pub(super) type Failures = (u32, Option<Timestamp>);

/// The same of each account that had any, by GUID.
pub(super) type FailuresByGuid = BTreeMap<String, Failures>;

/// The labels that were read, by GUID, with what the account looked like then.
#[derive(Debug, Default)]
pub(super) struct Labels(BTreeMap<String, (Looks, Fact<TokenLabel>)>);

/// What changes when a token comes or goes.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Looks {
    tagged: bool,
    crypto_user: bool,
}

pub(super) fn look(
    runner: &dyn Runner,
    asked: &Question<'_>,
    labels: &mut Labels,
    failures: &mut FailuresByGuid,
) -> Fact<Vec<Account>> {
    failures.clear();
    let users = match fact(dscl::users(runner), asked.now, READ_USERS) {
        Fact::Known { value, .. } => value,
        Fact::Unknown { why, at, by } => return Fact::Unknown { why, at, by },
    };
    let administrators = match dscl::group(runner, "admin") {
        Ok(Some(group)) => group,
        Ok(None) => return Fact::unknown("there is no admin group", asked.now, "dscl -read /Groups/admin"),
        Err(error) => return fact(Err(error), asked.now, "dscl -read /Groups/admin"),
    };
    let mut accounts: Vec<Account> = users
        .iter()
        .filter_map(|user| account(runner, user, &administrators, asked, labels))
        .collect();
    failures.extend(users.iter().filter_map(failures_of));
    accounts.sort_by(|a, b| a.record_name.cmp(&b.record_name));
    labels
        .0
        .retain(|guid, _| accounts.iter().any(|account| account.guid == *guid));
    Fact::known(accounts, asked.now, READ_USERS)
}

fn failures_of(user: &UserRecord) -> Option<(String, Failures)> {
    let count = user.policy.failed_login_count.filter(|count| *count > 0)?;
    let last = user.policy.last_failed_login_at.and_then(timestamp);
    let count = u32::try_from(count).unwrap_or(u32::MAX);
    Some((user.guid.as_ref()?.to_ascii_uppercase(), (count, last)))
}

fn account(
    runner: &dyn Runner,
    user: &UserRecord,
    administrators: &Group,
    asked: &Question<'_>,
    labels: &mut Labels,
) -> Option<Account> {
    let guid = user.guid.as_ref()?.to_ascii_uppercase();
    let uid = user.uid?;
    let administrator = administrators.members.contains(&user.record_name)
        || administrators
            .member_guids
            .iter()
            .any(|member| member.eq_ignore_ascii_case(&guid));
    let looks = Looks {
        tagged: user.authorities.contains(&Authority::SecureToken),
        crypto_user: asked
            .crypto_users
            .value()
            .is_some_and(|users| users.iter().any(|crypto_user| crypto_user.uuid == guid)),
    };
    let is_of_interest = uid >= FIRST_PERSON
        || looks.tagged
        || looks.crypto_user
        || user.record_name == SERVICE_ACCOUNT
        || (administrator && uid != 0);
    if guid.starts_with(APPLES_GUIDS) || !is_of_interest {
        return None;
    }
    let is_mobile = user
        .authorities
        .iter()
        .any(|authority| matches!(authority, Authority::LocalCachedUser { .. }));
    Some(Account {
        token_label: label(runner, user, &guid, looks, asked, labels),
        real_name: user.real_name.clone().unwrap_or_else(|| user.record_name.clone()),
        record_name: user.record_name.clone(),
        aliases: aliases(user),
        guid,
        uid,
        administrator,
        hidden: user.hidden,
        kind: if is_mobile {
            AccountKind::Mobile
        } else {
            AccountKind::Local
        },
        home: user.home.clone(),
        shell: user.shell.clone(),
        disabled: user.authorities.contains(&Authority::DisabledUser),
        created_at: user.policy.created_at.and_then(timestamp),
        password_set_at: user.password_set_at().and_then(timestamp),
        token_proof: None,
        lock_out: None,
    })
}

/// The further names of a record, each once.
fn aliases(user: &UserRecord) -> Vec<String> {
    let own = |alias: &&String| **alias != user.record_name;
    let sorted: BTreeSet<String> = user.aliases.iter().filter(own).cloned().collect();
    sorted.into_iter().collect()
}

fn label(
    runner: &dyn Runner,
    user: &UserRecord,
    guid: &str,
    looks: Looks,
    asked: &Question<'_>,
    labels: &mut Labels,
) -> Fact<TokenLabel> {
    if !asked.knows_tokens {
        return Fact::unknown("this macOS does not know Secure Token", asked.now, STATUS);
    }
    if let Some((looked, label @ Fact::Known { at, .. })) = labels.0.get(guid)
        && *looked == looks
        && *at > asked.believed_since
    {
        return label.clone();
    }
    let label = ask(runner, user, asked.now);
    labels.0.insert(guid.to_owned(), (looks, label.clone()));
    label
}

fn ask(runner: &dyn Runner, user: &UserRecord, now: Timestamp) -> Fact<TokenLabel> {
    let Ok(name) = AccountName::new(&user.record_name) else {
        return Fact::unknown("Apple's tools cannot take this record name", now, STATUS);
    };
    match sysadminctl::token_status(runner, &name) {
        Ok(TokenStatus::Enabled) => Fact::known(TokenLabel::Enabled, now, STATUS),
        Ok(TokenStatus::Disabled) => Fact::known(TokenLabel::Disabled, now, STATUS),
        Ok(other) => Fact::unknown(answers::token_status(&other), now, STATUS),
        Err(error) => fact(Err(error), now, STATUS),
    }
}

fn timestamp(time: SystemTime) -> Option<Timestamp> {
    let since_epoch = time.duration_since(SystemTime::UNIX_EPOCH).ok()?;
    i64::try_from(since_epoch.as_millis()).ok().map(Timestamp)
}
