//! `-readpl`, `-createpl`, `-deletepl`, for the one attribute that is a property list: accountPolicyData.

use super::path::{Place, RecordType, parse};
use super::status::Status;
use crate::tools::session::Session;

pub(super) fn read(session: &mut Session<'_>, args: &[String]) -> Result<(), Status> {
    let name = user(&args[0], &args[1])?;
    let key = &args[2];
    let value = session
        .look(|mac| mac.directory.user(&name).map(|user| user.policy.plist()))
        .ok_or(Status::RecordNotFound)?;
    let shown = value
        .as_dictionary()
        .and_then(|dictionary| dictionary.get(key))
        .map(|value| match value {
            plist::Value::Real(number) => number.to_string(),
            plist::Value::Integer(number) => number.to_string(),
            _ => String::new(),
        });
    match shown {
        Some(text) => session.out(&format!("{key}: {text}")),
        None => session.out(&format!("No such plist path: {key}")),
    }
    Ok(())
}

pub(super) fn create(session: &mut Session<'_>, args: &[String]) -> Result<(), Status> {
    set(session, args, args[3].parse().unwrap_or(0))
}

pub(super) fn delete(session: &mut Session<'_>, args: &[String]) -> Result<(), Status> {
    set(session, args, 0)
}

fn set(session: &mut Session<'_>, args: &[String], number: u32) -> Result<(), Status> {
    let name = user(&args[0], &args[1])?;
    let key = args[2].as_str();
    let is_root = session.uid == 0;
    session.effect(|mac| {
        let user = mac.directory.user_mut(&name).ok_or(Status::RecordNotFound)?;
        match (key, is_root) {
            (_, false) => Err(Status::PermissionError),
            ("failedLoginCount", true) => {
                user.policy.failed_login_count = number;
                Ok(())
            }
            ("failedLoginTimestamp", true) => {
                user.policy.failed_login_timestamp = None;
                Ok(())
            }
            _ => Ok(()),
        }
    })
}

fn user(path: &str, key: &str) -> Result<String, Status> {
    let key = key.rsplit(':').next().unwrap_or_default();
    match parse(path)? {
        Place::Record(RecordType::Users, name) if key == "accountPolicyData" => Ok(name),
        Place::Record(..) => Err(Status::AttributeNotFound),
        Place::Root | Place::Type(_) => Err(Status::InvalidPath),
    }
}
