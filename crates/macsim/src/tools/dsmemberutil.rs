//! `dsmemberutil checkmembership|getuuid|getid|flushcache`: membership by exit text, not by exit code.

use super::session::{Exit, Session};
use crate::model::directory::Directory;
use crate::model::group::Group;
use crate::model::user::User;

/// Apple's code for "no such record".
const NOT_FOUND: Exit = 7;
const EINVAL: Exit = 22;

/// Runs the tool.
pub fn run(session: &mut Session<'_>, args: &[String]) -> Exit {
    let options: Vec<(&str, &str)> = args
        .get(1..)
        .unwrap_or_default()
        .chunks(2)
        .filter_map(|pair| Some((pair.first()?.as_str(), pair.get(1)?.as_str())))
        .collect();
    match args.first().map(String::as_str) {
        Some("checkmembership") => check(session, &options),
        Some("getuuid") => uuid(session, &options),
        Some("getid") => id(session, &options),
        Some("flushcache") => 0,
        _ => usage(session),
    }
}

fn check(session: &mut Session<'_>, options: &[(&str, &str)]) -> Exit {
    if options.len() < 2 {
        return usage(session);
    }
    let (user, group, member) = session.look(|mac| {
        let (user, group) = (user(&mac.directory, options), group(&mac.directory, options));
        let member = user
            .zip(group)
            .is_some_and(|(user, group)| mac.directory.is_member(user, group));
        (user.is_some(), group.is_some(), member)
    });
    match (user, group, member) {
        (false, ..) => session.out("User not found"),
        (true, false, _) => session.out("Group not found"),
        (true, true, true) => session.out("user is a member of the group"),
        (true, true, false) => session.out("user is not a member of the group"),
    }
    if user && group { 0 } else { NOT_FOUND }
}

fn uuid(session: &mut Session<'_>, options: &[(&str, &str)]) -> Exit {
    let found = session.look(|mac| {
        user(&mac.directory, options)
            .map(|user| user.guid().to_owned())
            .or_else(|| group(&mac.directory, options).map(|group| group.guid().to_owned()))
    });
    session.out(found.as_deref().unwrap_or("no uuid found"));
    0
}

fn id(session: &mut Session<'_>, options: &[(&str, &str)]) -> Exit {
    let found = session.look(|mac| {
        user(&mac.directory, options)
            .map(|user| format!("uid: {}", user.uid()))
            .or_else(|| group(&mac.directory, options).map(|group| format!("gid: {}", group.gid())))
    });
    session.out(found.as_deref().unwrap_or("id not found"));
    0
}

fn usage(session: &mut Session<'_>) -> Exit {
    session.err("Usage: dsmemberutil checkmembership missing appropriate options");
    session.err("    checkmembership  [-uUx] value [-GX] value");
    EINVAL
}

fn user<'a>(directory: &'a Directory, options: &[(&str, &str)]) -> Option<&'a User> {
    options.iter().find_map(|(flag, value)| match *flag {
        "-U" => directory.user(value),
        "-u" => directory.user_by_uid(value.parse().ok()?),
        "-x" | "-X" => directory.user_by_guid(value),
        _ => None,
    })
}

fn group<'a>(directory: &'a Directory, options: &[(&str, &str)]) -> Option<&'a Group> {
    options.iter().find_map(|(flag, value)| match *flag {
        "-G" => directory.group(value),
        "-g" => directory
            .groups
            .iter()
            .find(|group| group.gid().to_string() == *value),
        "-X" => directory.groups.iter().find(|group| group.guid() == *value),
        _ => None,
    })
}
