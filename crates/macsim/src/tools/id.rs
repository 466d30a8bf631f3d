//! `id USER` and its short forms.

use super::session::{Exit, Session};
use crate::model::mac::Mac;
use crate::model::user::User;

/// Runs the tool.
pub fn run(session: &mut Session<'_>, args: &[String]) -> Exit {
    let flags: String = args.iter().filter_map(|arg| arg.strip_prefix('-')).collect();
    let name = args.iter().find(|arg| !arg.starts_with('-'));
    let caller = i64::from(session.uid);
    let line = session.look(|mac| {
        let user = match name {
            Some(name) => mac
                .directory
                .user(name)
                .or_else(|| mac.directory.user_by_uid(name.parse().ok()?)),
            None => mac.directory.user_by_uid(caller),
        };
        user.map(|user| describe(mac, user, &flags))
    });
    match line {
        Some(line) => {
            session.out(&line);
            0
        }
        None => {
            session.err(&format!("id: {}: no such user", name.map_or("", String::as_str)));
            1
        }
    }
}

fn describe(mac: &Mac, user: &User, flags: &str) -> String {
    let by_name = flags.contains('n');
    let groups = groups(mac, user);
    let primary = group_name(mac, user.gid());
    if flags.contains('u') {
        return if by_name {
            user.name().to_owned()
        } else {
            user.uid().to_string()
        };
    }
    if flags.contains('g') {
        return if by_name { primary } else { user.gid().to_string() };
    }
    if flags.contains('G') {
        let shown: Vec<String> = groups
            .iter()
            .map(|(gid, name)| if by_name { name.clone() } else { gid.to_string() })
            .collect();
        return shown.join(" ");
    }
    let list: Vec<String> = groups
        .iter()
        .map(|(gid, name)| format!("{gid}({name})"))
        .collect();
    format!(
        "uid={}({}) gid={}({primary}) groups={}",
        user.uid(),
        user.name(),
        user.gid(),
        list.join(",")
    )
}

/// The primary group first, then all others in the directory's order.
fn groups(mac: &Mac, user: &User) -> Vec<(i64, String)> {
    let mut groups = vec![(user.gid(), group_name(mac, user.gid()))];
    let others = mac
        .directory
        .groups
        .iter()
        .filter(|group| group.gid() != user.gid());
    groups.extend(
        others
            .filter(|group| mac.directory.is_member(user, group))
            .map(|group| (group.gid(), group.name().to_owned())),
    );
    groups
}

fn group_name(mac: &Mac, gid: i64) -> String {
    mac.directory
        .groups
        .iter()
        .find(|group| group.gid() == gid)
        .map_or_else(|| gid.to_string(), |group| group.name().to_owned())
}
