//! Editing a record.

use super::{LOCAL, record_path, status_of, user_path};
use crate::open_directory::DsStatus;
use crate::{AccountName, Arg, Call, Error, Runner, Tool};

/// One change of a record.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Edit<'a> {
    /// Makes the record, empty.
    CreateRecord,
    /// Sets an attribute to these values, whatever it held.
    Create(&'static str, &'a [&'a str]),
    /// Adds values to an attribute, even when they are there.
    Append(&'static str, &'a [&'a str]),
    /// Adds values to an attribute, unless they are there.
    Merge(&'static str, &'a [&'a str]),
    /// Takes these values out of an attribute; with none, the attribute goes.
    Delete(&'static str, &'a [&'a str]),
    /// Removes the record. For a user this leaves the crypto user of the disk behind: prefer `sysadminctl`.
    DeleteRecord,
}

/// What `dscl` says to a change.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Outcome {
    /// It is done.
    Done,
    /// It is not, for this reason. −14120 when the agent lacks Full Disk Access.
    Refused {
        /// The reason; 0 when the tool gave none.
        status: DsStatus,
    },
}

/// Changes one record. `folder` is `/Users/` or `/Groups/`.
///
/// # Errors
/// When the tool could not be run to its end, or a name cannot be an argument.
pub fn edit(runner: &dyn Runner, folder: &'static str, name: &str, edit: Edit<'_>) -> Result<Outcome, Error> {
    let (command, attribute, values): (&'static str, Option<&'static str>, &[&str]) = match edit {
        Edit::CreateRecord => ("-create", None, &[]),
        Edit::Create(attribute, values) => ("-create", Some(attribute), values),
        Edit::Append(attribute, values) => ("-append", Some(attribute), values),
        Edit::Merge(attribute, values) => ("-merge", Some(attribute), values),
        Edit::Delete(attribute, values) => ("-delete", Some(attribute), values),
        Edit::DeleteRecord => ("-delete", None, &[]),
    };
    let mut args = vec![Arg::from(LOCAL), Arg::from(command), record_path(folder, name)?];
    args.extend(attribute.map(Arg::from));
    for value in values {
        args.push(Arg::value(value).map_err(Error::bad_arg(Tool::Dscl))?);
    }
    let answer = runner
        .run(&Call::new(Tool::Dscl, args))
        .map_err(Error::run(Tool::Dscl))?;
    Ok(status_of(&answer).map_or(Outcome::Done, |status| Outcome::Refused { status }))
}

/// Makes the policy forget how often a wrong password was given for an account, which ends a lock-out. Run as root.
///
/// # Errors
/// As [`edit`].
pub fn forget_failed_logins(runner: &dyn Runner, user: &AccountName) -> Result<Outcome, Error> {
    let attribute = ["accountPolicyData", "failedLoginCount", "0"].map(Arg::from);
    let args = [Arg::from(LOCAL), Arg::from("-createpl"), user_path(user)?]
        .into_iter()
        .chain(attribute);
    let answer = runner
        .run(&Call::new(Tool::Dscl, args))
        .map_err(Error::run(Tool::Dscl))?;
    Ok(status_of(&answer).map_or(Outcome::Done, |status| Outcome::Refused { status }))
}
