//! How the service account's record looks: hidden, without home and shell, in the admin group because macOS demands that of
//! a granter.

use mac::dscl::{self, Authority, Edit, Outcome, UserRecord};
use mac::dseditgroup;
use trust::observation::Observation;
use trust::os::OsVersion;
use trust::service_account::{REAL_NAME, RECORD_NAME};

use crate::perform::Tools;
use crate::perform::diary::Diary;

const USERS: &str = "/Users/";
const ADMIN: &str = "admin";
const STAFF: &str = "20";
const SHELL: &str = "/usr/bin/false";
const HOME: &str = "/var/empty";
/// Keeps macOS from giving the account the Mac's first token, which belongs to a person.
const NO_FIRST_TOKEN: &str = ";DisabledTags;SecureToken";
/// The first macOS that reads this tag.
const FIRST_WITH_TAG: OsVersion = OsVersion::new(11, 0, 0);

/// The numbers that are looked through, from above: below people's, above those of Apple's own accounts.
const NUMBERS: std::ops::RangeInclusive<i64> = 401..=499;

/// Makes the record where it is missing, and puts right what is not as it should be. The tag stands on the record before
/// any password is set. Answers whether the Mac, read back, shows it as it should be.
pub(super) fn put_right(tools: Tools<'_>, observation: &Observation, diary: &mut Diary<'_>) -> bool {
    let name = super::name();
    let before = match dscl::user(tools.runner, &name) {
        Ok(before) => before,
        Err(error) => {
            diary.no_answer("dscl -read", &error);
            return false;
        }
    };
    let knows_tag = observation
        .system
        .value()
        .is_some_and(|system| system.version >= FIRST_WITH_TAG);
    let edits = Edits {
        tools,
        record: before.clone().unwrap_or_default(),
    };
    if before.is_none() && !edits.make(Edit::CreateRecord, diary) {
        return false;
    }
    // An account that has a password already has had its chance of the first token.
    if knows_tag && before.as_ref().is_none_or(|record| record.authorities.is_empty()) {
        edits.make(Edit::Merge("AuthenticationAuthority", &[NO_FIRST_TOKEN]), diary);
    }
    if !edits.complete(diary) || !edits.join_administrators(diary) {
        return false;
    }
    match dscl::user(tools.runner, &name) {
        Ok(Some(record)) => {
            let missing = faults(&record);
            diary.saw("dscl -read", saw(&missing));
            missing.is_empty()
        }
        Ok(None) => {
            diary.saw("dscl -read", format!("there is no account {name}"));
            false
        }
        Err(error) => {
            diary.no_answer("dscl -read", &error);
            false
        }
    }
}

fn saw(missing: &[&str]) -> String {
    match missing {
        [] => format!("{RECORD_NAME} is there, hidden, without home and shell"),
        missing => format!("of {RECORD_NAME} these are not right: {}", missing.join(", ")),
    }
}

/// What of the record is not as it should be.
fn faults(record: &UserRecord) -> Vec<&'static str> {
    let mut faults = Vec::new();
    let mut demand = |holds: bool, what| {
        if !holds {
            faults.push(what);
        }
    };
    demand(record.uid.is_some(), "UniqueID");
    demand(record.gid.is_some(), "PrimaryGroupID");
    demand(record.shell.as_deref() == Some(SHELL), "UserShell");
    demand(record.home.as_deref() == Some(HOME), "NFSHomeDirectory");
    demand(record.real_name.as_deref() == Some(REAL_NAME), "RealName");
    demand(record.hidden, "IsHidden");
    demand(
        !record.authorities.contains(&Authority::DisabledUser),
        "DisabledUser",
    );
    faults
}

struct Edits<'a> {
    tools: Tools<'a>,
    record: UserRecord,
}

impl Edits<'_> {
    /// Sets what is missing or another's.
    fn complete(&self, diary: &mut Diary<'_>) -> bool {
        faults(&self.record).into_iter().all(|fault| match fault {
            "UniqueID" => self.number(diary),
            "PrimaryGroupID" => self.make(Edit::Create("PrimaryGroupID", &[STAFF]), diary),
            "UserShell" => self.make(Edit::Create("UserShell", &[SHELL]), diary),
            "NFSHomeDirectory" => self.make(Edit::Create("NFSHomeDirectory", &[HOME]), diary),
            "RealName" => self.make(Edit::Create("RealName", &[REAL_NAME]), diary),
            "IsHidden" => self.make(Edit::Create("IsHidden", &["1"]), diary),
            _ => self.make(
                Edit::Delete("AuthenticationAuthority", &[";DisabledUser;"]),
                diary,
            ),
        })
    }

    fn number(&self, diary: &mut Diary<'_>) -> bool {
        let users = match dscl::users(self.tools.runner) {
            Ok(users) => users,
            Err(error) => {
                diary.no_answer("dscl -readall", &error);
                return false;
            }
        };
        let is_free = |number: &i64| users.iter().all(|user| user.uid != Some(*number));
        let Some(number) = NUMBERS.rev().find(is_free) else {
            diary.saw("dscl -readall", "no number is free for the service account");
            return false;
        };
        self.make(Edit::Create("UniqueID", &[&number.to_string()]), diary)
    }

    fn make(&self, edit: Edit<'_>, diary: &mut Diary<'_>) -> bool {
        let what = match edit {
            Edit::Create(attribute, _) | Edit::Merge(attribute, _) | Edit::Append(attribute, _) => {
                format!("dscl -create {attribute}")
            }
            Edit::Delete(attribute, _) => format!("dscl -delete {attribute}"),
            Edit::CreateRecord | Edit::DeleteRecord => "dscl -create".to_owned(),
        };
        match dscl::edit(self.tools.runner, USERS, RECORD_NAME, edit) {
            Ok(Outcome::Done) => true,
            Ok(Outcome::Refused { status }) => {
                diary.saw(&what, format!("Open Directory refused ({status:?})"));
                false
            }
            Err(error) => {
                diary.no_answer(&what, &error);
                false
            }
        }
    }

    /// By Apple's tool for groups, which writes the GUID too: recoveryOS knows administrators by it.
    fn join_administrators(&self, diary: &mut Diary<'_>) -> bool {
        let name = super::name();
        if is_administrator(self.tools) == Some(true) {
            return true;
        }
        if let Err(error) = dseditgroup::add_member(self.tools.runner, &name, ADMIN) {
            diary.no_answer("dseditgroup", &error);
        }
        let joined = is_administrator(self.tools) == Some(true);
        let verb = if joined { "is" } else { "is not" };
        diary.saw("dseditgroup", format!("{name} {verb} an administrator"));
        joined
    }
}

fn is_administrator(tools: Tools<'_>) -> Option<bool> {
    let name = super::name();
    let group = dscl::group(tools.runner, ADMIN).ok()??;
    let guid = dscl::user(tools.runner, &name).ok()?.and_then(|user| user.guid);
    let by_guid = guid.is_some_and(|guid| {
        group
            .member_guids
            .iter()
            .any(|member| member.eq_ignore_ascii_case(&guid))
    });
    Some(by_guid && group.members.iter().any(|member| member == RECORD_NAME))
}
