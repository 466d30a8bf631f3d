//! `-create`, `-append`, `-merge`, `-change`, `-delete`.

use super::path::{Place, RecordType, parse};
use super::status::Status;
use crate::model::attributes::{Attributes, full_name};
use crate::model::directory::Directory;
use crate::model::group::Group;
use crate::model::mac::Mac;
use crate::model::user::{TOKEN_LABEL, User};
use crate::rules::delete_account::delete_record_only;
use crate::rules::refusal::{Circumstances, Refusal};
use crate::rules::revoke::expel;
use crate::tools::session::Session;

/// Which of the commands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Edit {
    Create,
    Append,
    Merge,
    Change,
    Delete,
}

pub(super) fn run(session: &mut Session<'_>, edit: Edit, args: &[String]) -> Result<(), Status> {
    let Place::Record(kind, name) = parse(&args[0])? else {
        return Err(Status::InvalidPath);
    };
    let (key, values) = (args.get(1), args.get(2..).unwrap_or_default());
    let whole_record = edit == Edit::Delete && key.is_none();
    let at = session.circumstances();
    let allowed = session.uid == 0;
    let outcome = session.effect(|mac| {
        if !allowed {
            Err(Status::PermissionError)
        } else if whole_record {
            delete_record(mac, kind, &name)
        } else {
            if edit == Edit::Create {
                ensure_record(mac, kind, &name, at);
            }
            key.map_or(Ok(()), |key| {
                change_attribute(mac, edit, kind, &name, key, values)
            })
        }
    });
    outcome.inspect_err(|status| {
        if *status == Status::RecordNotFound {
            return;
        }
        let what = if whole_record { "delete" } else { "attribute" };
        session.err(&format!("<main> {what} status: {}", status.name()));
    })
}

fn ensure_record(mac: &mut Mac, kind: RecordType, name: &str, at: Circumstances) {
    match kind {
        RecordType::Users if mac.directory.user(name).is_none() => {
            let mut user = User::new(name, name, 0, 20, at.now, &mut mac.random);
            for attribute in [
                "RealName",
                "NFSHomeDirectory",
                "UniqueID",
                "PrimaryGroupID",
                "UserShell",
            ] {
                user.attributes.remove(attribute);
            }
            mac.directory.users.push(user);
            mac.effects.of(name).created += 1;
        }
        RecordType::Groups if mac.directory.group(name).is_none() => {
            let mut group = Group::new(name, name, 0, &mut mac.random);
            group.attributes.remove("RealName");
            group.attributes.remove("PrimaryGroupID");
            mac.directory.groups.push(group);
        }
        RecordType::Users | RecordType::Groups => {}
    }
}

fn delete_record(mac: &mut Mac, kind: RecordType, name: &str) -> Result<(), Status> {
    match kind {
        RecordType::Users => delete_record_only(mac, name).map_err(|refusal| match refusal {
            Refusal::NoPermission => Status::PermissionError,
            _ => Status::RecordNotFound,
        }),
        RecordType::Groups => {
            let before = mac.directory.groups.len();
            mac.directory.groups.retain(|group| group.name() != name);
            if mac.directory.groups.len() < before {
                Ok(())
            } else {
                Err(Status::RecordNotFound)
            }
        }
    }
}

fn change_attribute(
    mac: &mut Mac,
    edit: Edit,
    kind: RecordType,
    name: &str,
    key: &str,
    values: &[String],
) -> Result<(), Status> {
    let key = full_name(key);
    let uid_taken = kind == RecordType::Users
        && key == full_name("UniqueID")
        && values.iter().any(|uid| {
            mac.directory
                .users
                .iter()
                .any(|user| user.name() != name && user.attributes.contains("UniqueID", uid))
        });
    if uid_taken {
        return Err(Status::RecordAlreadyExists);
    }
    guard_last_holder(mac, edit, kind, name, &key, values)?;
    let held_label = mac.directory.user(name).is_some_and(User::has_token_label);
    let attributes = attributes_mut(&mut mac.directory, kind, name).ok_or(Status::RecordNotFound)?;
    let changed = match edit {
        Edit::Create => {
            attributes.set(&key, values.iter().map(String::as_str));
            true
        }
        Edit::Append => {
            values.iter().for_each(|value| attributes.append(&key, value));
            true
        }
        Edit::Merge => {
            values.iter().for_each(|value| attributes.merge(&key, value));
            true
        }
        Edit::Change => matches!(values, [old, new] if attributes.change(&key, old, new)),
        Edit::Delete if values.is_empty() => attributes.remove(&key),
        Edit::Delete => values.iter().all(|value| attributes.remove_value(&key, value)),
    };
    let label_gone = held_label
        && mac
            .directory
            .user(name)
            .is_some_and(|user| !user.has_token_label());
    if kind == RecordType::Users && label_gone {
        expel(mac, name);
    }
    if changed {
        Ok(())
    } else {
        Err(Status::AttributeNotFound)
    }
}

/// Open Directory does not let the last unlock record be edited away.
fn guard_last_holder(
    mac: &Mac,
    edit: Edit,
    kind: RecordType,
    name: &str,
    key: &str,
    values: &[String],
) -> Result<(), Status> {
    let loses_label = match edit {
        Edit::Create => !values.iter().any(|value| value == TOKEN_LABEL),
        Edit::Delete => values.is_empty() || values.iter().any(|value| value == TOKEN_LABEL),
        Edit::Change => values.first().is_some_and(|old| old == TOKEN_LABEL),
        Edit::Append | Edit::Merge => false,
    };
    let is_last = kind == RecordType::Users
        && mac.directory.user(name).is_some_and(|user| mac.is_holder(user))
        && mac.holders().count() == 1;
    if key == full_name("AuthenticationAuthority") && loses_label && is_last {
        Err(Status::PermissionError)
    } else {
        Ok(())
    }
}

fn attributes_mut<'a>(
    directory: &'a mut Directory,
    kind: RecordType,
    name: &str,
) -> Option<&'a mut Attributes> {
    match kind {
        RecordType::Users => directory.user_mut(name).map(|user| &mut user.attributes),
        RecordType::Groups => directory.group_mut(name).map(|group| &mut group.attributes),
    }
}
