//! `-read` and `-readall`.

use super::Options;
use super::path::{Place, RecordType, attributes, names, parse};
use super::print;
use super::status::Status;
use crate::model::attributes::{Attributes, NATIVE, STANDARD, full_name};
use crate::model::user::User;
use crate::tools::apple_plist::xml;
use crate::tools::session::Session;

/// A user's stored attributes and the computed ones.
pub(super) fn shown(user: &User) -> Attributes {
    let mut shown = user.attributes.clone();
    shown.set("accountPolicyData", [xml(&user.policy.plist())]);
    shown
}

pub(super) fn one(session: &mut Session<'_>, options: Options, args: &[String]) -> Result<(), Status> {
    let (path, keys) = (&args[0], &args[1..]);
    let record = match parse(path)? {
        Place::Root => return Ok(()),
        Place::Type(kind) => {
            session.out(match kind {
                RecordType::Users => "name: dsRecTypeStandard:Users",
                RecordType::Groups => "name: dsRecTypeStandard:Groups",
            });
            return Ok(());
        }
        Place::Record(kind, name) => session
            .look(|mac| attributes(&mac.directory, kind, &name))
            .ok_or(Status::RecordNotFound)?,
    };
    let picked = pick(&record, keys);
    if options.plist {
        session.out_raw(&xml(&plist::Value::Dictionary(dictionary(&picked))));
        return Ok(());
    }
    for (name, values) in &picked {
        session.out(&print::attribute(options, name, values));
    }
    let mut missing: Vec<&String> = keys.iter().filter(|key| !is_there(&picked, key)).collect();
    missing.dedup();
    for key in missing {
        session.err(&format!("No such key: {key}"));
    }
    Ok(())
}

pub(super) fn all(session: &mut Session<'_>, options: Options, args: &[String]) -> Result<(), Status> {
    let Place::Type(kind) = parse(&args[0])? else {
        return Err(Status::InvalidPath);
    };
    let keys = &args[1..];
    let records: Vec<Vec<(String, Vec<String>)>> = session.look(|mac| {
        names(&mac.directory, kind)
            .iter()
            .filter_map(|name| attributes(&mac.directory, kind, name))
            .map(|record| {
                let mut wanted = keys.to_vec();
                if !wanted.is_empty() {
                    wanted.push("RecordName".to_owned());
                }
                pick(&record, &wanted)
            })
            .collect()
    });
    if options.plist {
        let list = records
            .iter()
            .map(|record| plist::Value::Dictionary(dictionary(record)))
            .collect();
        session.out_raw(&xml(&plist::Value::Array(list)));
        return Ok(());
    }
    for (position, record) in records.iter().enumerate() {
        if position > 0 {
            session.out("-");
        }
        for (name, values) in record {
            session.out(&print::attribute(options, name, values));
        }
    }
    Ok(())
}

/// The wanted attributes (all, if none is named), sorted by full name without regard to case.
fn pick(record: &Attributes, keys: &[String]) -> Vec<(String, Vec<String>)> {
    let mut picked: Vec<(String, Vec<String>)> = record
        .iter()
        .filter(|(name, _)| {
            keys.is_empty()
                || keys.iter().any(|key| {
                    key == name
                        || full_name(key) == *name
                        || name.strip_prefix(STANDARD) == Some(key)
                        || name.strip_prefix(NATIVE) == Some(key)
                })
        })
        .map(|(name, values)| (name.to_owned(), values.to_vec()))
        .collect();
    picked.sort_by_key(|(name, _)| name.to_lowercase());
    picked
}

fn is_there(picked: &[(String, Vec<String>)], key: &str) -> bool {
    picked.iter().any(|(name, _)| {
        name == key || name.strip_prefix(STANDARD) == Some(key) || name.strip_prefix(NATIVE) == Some(key)
    })
}

fn dictionary(record: &[(String, Vec<String>)]) -> plist::Dictionary {
    record
        .iter()
        .map(|(name, values)| {
            let values = values
                .iter()
                .map(|value| plist::Value::String(value.clone()))
                .collect();
            (name.clone(), plist::Value::Array(values))
        })
        .collect()
}
